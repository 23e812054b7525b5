// Judges PDF files against PDF/A-2a and PDF/UA-1 with veraPDF, all of them in one JVM.
//
// Arguments: files, and folders whose *.pdf files are taken in order. One line per file and profile:
//
//     PASS 2a /tmp/bilan.pdf
//     FAIL ua1 /tmp/bilan.pdf 7.1-3 x126 (root/document[0]/pages[0]/... : what the rule says) ...
//
// The exit code is 0 when every line says PASS, 1 otherwise, 2 when nothing was given.

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

public final class Validate {
    public static void main(String[] arguments) {
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        List<File> files = new ArrayList<>();
        for (String argument : arguments) {
            File file = new File(argument);
            if (file.isDirectory()) {
                File[] inside = file.listFiles((folder, name) -> name.endsWith(".pdf"));
                Arrays.sort(inside);
                files.addAll(Arrays.asList(inside));
            } else {
                files.add(file);
            }
        }
        if (files.isEmpty()) {
            System.err.println("usage: Validate FILE-OR-FOLDER...");
            System.exit(2);
        }
        VeraGreenfieldFoundryProvider.initialise();
        Map<String, PDFAFlavour> profiles = new LinkedHashMap<>();
        profiles.put("2a", PDFAFlavour.PDFA_2_A);
        profiles.put("ua1", PDFAFlavour.PDFUA_1);
        boolean all = true;
        for (File file : files) {
            for (Map.Entry<String, PDFAFlavour> profile : profiles.entrySet()) {
                String failure = judge(file, profile.getValue());
                all &= failure == null;
                String word = failure == null ? "PASS " : "FAIL ";
                System.out.println(word + profile.getKey() + " " + file + (failure == null ? "" : failure));
            }
        }
        System.exit(all ? 0 : 1);
    }

    /** The rules that the file breaks, with the first place of each; null when it breaks none. */
    private static String judge(File file, PDFAFlavour flavour) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            if (result.isCompliant()) {
                return null;
            }
            Map<String, String> places = new TreeMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                places.putIfAbsent(
                        name(assertion.getRuleId()),
                        assertion.getLocation().getContext() + " : " + assertion.getMessage());
            }
            StringBuilder text = new StringBuilder();
            for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
                String rule = name(failed.getKey());
                text.append(' ').append(rule).append(" x").append(failed.getValue());
                text.append(" (").append(String.valueOf(places.get(rule)).replace('\n', ' ')).append(')');
            }
            return text.toString();
        } catch (Exception error) {
            return " " + error;
        }
    }

    private static String name(RuleId rule) {
        return rule.getClause() + "-" + rule.getTestNumber();
    }
}
