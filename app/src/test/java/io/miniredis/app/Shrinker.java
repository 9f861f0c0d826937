package io.miniredis.app;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a list of steps that shows a difference as short and plain as it can, as long as it shows one. */
final class Shrinker {
    /** The plainest first. */
    private static final List<String> PLAIN_WORDS = List.of("a", "0", "1", "2", "b");

    private final Predicate<List<Step>> differs;
    private final int maxRuns;
    private int runs;
    private List<Step> best;

    /**
     * Makes one for one list.
     *
     * @param differs whether a list shows a difference
     * @param maxRuns how often that may be asked
     */
    Shrinker(List<Step> steps, Predicate<List<Step>> differs, int maxRuns) {
        this.best = List.copyOf(steps);
        this.differs = differs;
        this.maxRuns = maxRuns;
    }

    /** How often it has been asked whether a list shows a difference. */
    int runs() {
        return runs;
    }

    List<Step> shrink() {
        boolean better = true;
        while (better) {
            better = removeSteps();
            for (int at = 0; at < best.size(); at++) {
                better |= simplify(at);
            }
        }
        return best;
    }

    /** Tries without a half, the other half, each quarter, and so on. */
    private boolean removeSteps() {
        int before = best.size();
        for (int size = Math.max(1, best.size() / 2); size > 0; size /= 2) {
            int at = 0;
            while (at < best.size()) {
                List<Step> fewer = new ArrayList<>(best);
                fewer.subList(at, Math.min(at + size, fewer.size())).clear();
                at += accept(fewer) ? 0 : size;
            }
        }
        return best.size() < before;
    }

    private boolean simplify(int at) {
        boolean better = false;
        Step step = best.get(at);
        if (step.isPassing()) {
            for (long less : new long[] {1, step.millis() / 2}) {
                better |= less > 0 && less < best.get(at).millis() && accept(at, Step.pass(less));
            }
            return better;
        }
        if (step.client() > 0) {
            better = accept(at, Step.say(0, step.words())) || accept(at, Step.say(step.client() - 1, step.words()));
        }
        for (int word = step.words().size() - 1; word > 0; word--) {
            better |= removeWord(at, word) || simplifyWord(at, word);
        }
        return better;
    }

    private boolean removeWord(int at, int word) {
        List<String> fewer = new ArrayList<>(best.get(at).words());
        fewer.remove(word);
        return accept(at, Step.say(best.get(at).client(), fewer));
    }

    private boolean simplifyWord(int at, int word) {
        String old = best.get(at).words().get(word);
        int rank = PLAIN_WORDS.contains(old) ? PLAIN_WORDS.indexOf(old) : PLAIN_WORDS.size();
        List<String> plainer = new ArrayList<>(PLAIN_WORDS.subList(0, rank));
        if (rank == PLAIN_WORDS.size() && old.length() > 1) {
            plainer.add(old.substring(0, old.length() / 2));
            plainer.add(old.substring(0, old.length() - 1));
        }
        for (String candidate : plainer) {
            List<String> words = new ArrayList<>(best.get(at).words());
            words.set(word, candidate);
            if (accept(at, Step.say(best.get(at).client(), words))) {
                return true;
            }
        }
        return false;
    }

    private boolean accept(int at, Step instead) {
        List<Step> changed = new ArrayList<>(best);
        changed.set(at, instead);
        return accept(changed);
    }

    private boolean accept(List<Step> candidate) {
        if (runs == maxRuns || candidate.isEmpty()) {
            return false;
        }
        runs++;
        if (differs.test(candidate)) {
            best = List.copyOf(candidate);
            return true;
        }
        return false;
    }
}
