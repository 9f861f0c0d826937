package io.miniredis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class ChartTest {

    @Test
    void barsAreWellFormed() throws Exception {
        BarChart chart = new BarChart("More & <more>", "times \"redis\"", List.of("set", "get"));
        chart.add("pipeline 1", List.of(1.1, 0.9));
        chart.add("pipeline 16", List.of(2.0, Double.NaN));
        Document document = parsed(chart.svg());
        assertEquals(5, document.getElementsByTagName("rect").getLength(), "three bars and two keys of the legend");
    }

    @Test
    void linesAreWellFormed() throws Exception {
        LineChart chart = new LineChart("Growth", "keys", true);
        chart.add("redis", List.of(10.0, 100.0, 1000.0), List.of(1.0, Double.NaN, 3.0));
        Document document = parsed(chart.svg());
        assertEquals(2, document.getElementsByTagName("circle").getLength());
        assertEquals(1, document.getElementsByTagName("path").getLength());
    }

    @Test
    void singlePointIsDrawn() throws Exception {
        LineChart chart = new LineChart("Growth", "keys", true);
        chart.add("redis", List.of(10.0), List.of(0.0));
        assertFalse(parsed(chart.svg()).getDocumentElement().getTextContent().contains("NaN"));
    }

    @Test
    void legendThatIsTooLongGoesOnInASecondRow() throws Exception {
        LineChart chart = new LineChart("Growth", "keys", true);
        for (int i = 0; i < 8; i++) {
            chart.add("redis tinylfu", List.of(10.0), List.of(1.0));
        }
        NodeList keys = parsed(chart.svg()).getElementsByTagName("rect");
        Set<String> rows = new TreeSet<>();
        for (int i = 0; i < keys.getLength(); i++) {
            rows.add(keys.item(i).getAttributes().getNamedItem("y").getNodeValue());
        }
        assertEquals(2, rows.size());
    }

    @Test
    void axisHasRoundMarks() {
        assertEquals(List.of(0.0, 0.5, 1.0, 1.5, 2.0, 2.5), Axis.ticks(Axis.roundedUp(2.3)));
        assertEquals("1.5", Axis.label(1.5));
        assertEquals("20k", Axis.label(20_000));
        assertEquals("10M", Axis.label(1e7));
        assertEquals("0", Axis.label(0));
        assertEquals("100", Axis.label(100));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
