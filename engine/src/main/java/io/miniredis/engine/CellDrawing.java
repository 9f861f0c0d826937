package io.miniredis.engine;

import java.util.SplittableRandom;

/**
 * A drawing for LOLWUT: rows of cells, each cell made of the three above it by a rule that is drawn by lot, as is the first row. Some rules
 * weave, some grow triangles, some boil.
 */
final class CellDrawing {
    /** Those among the 256 rules of three cells that are nice to look at. */
    private static final int[] RULES = {18, 22, 30, 45, 54, 60, 73, 90, 105, 106, 110, 126, 150, 182};

    private static final String SHADES = " :*#";

    private final int columns;
    private final int rows;
    private final int rule;
    private boolean[] cells;

    CellDrawing(SplittableRandom random, int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        rule = RULES[random.nextInt(RULES.length)];
        cells = new boolean[columns];
        boolean single = random.nextBoolean();
        for (int i = 0; i < columns; i++) {
            cells[i] = single ? i == columns / 2 : random.nextInt(3) == 0;
        }
    }

    /** The rows, each with a line feed at its end. */
    String text() {
        StringBuilder text = new StringBuilder((columns + 1) * rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                text.append(shade(column));
            }
            text.append('\n');
            step();
        }
        return text.toString();
    }

    /** The darker the more company a cell has. */
    private char shade(int column) {
        if (!cells[column]) {
            return SHADES.charAt(0);
        }
        int company = (cell(column - 1) ? 1 : 0) + (cell(column + 1) ? 1 : 0);
        return SHADES.charAt(1 + company);
    }

    /** The row is a ring. */
    private boolean cell(int column) {
        return cells[Math.floorMod(column, columns)];
    }

    private void step() {
        boolean[] next = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            int above = (cell(i - 1) ? 4 : 0) + (cell(i) ? 2 : 0) + (cell(i + 1) ? 1 : 0);
            next[i] = ((rule >> above) & 1) != 0;
        }
        cells = next;
    }
}
