import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import software.amazon.event.ruler.Machine;

/**
 * Says of every line {"pattern": {...}, "event": {...}} on standard input whether AWS's event-ruler matches the event:
 * one line each on standard output, "true", "false" or "invalid-pattern" with the library's reason after a space.
 */
public final class EventRulerVerdicts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RULE = "rule";

  private sealed interface Compiled permits Valid, Invalid {}

  private record Valid(Machine machine) implements Compiled {}

  private record Invalid(String reason) implements Compiled {}

  public static void main(String[] arguments) throws Exception {
    Map<String, Compiled> machines = new HashMap<>();
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var output = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        JsonNode pair = JSON.readTree(line);
        Compiled compiled = machines.computeIfAbsent(pair.get("pattern").toString(), EventRulerVerdicts::compile);
        output.println(verdict(compiled, pair.get("event").toString()));
      }
    }
  }

  private static Compiled compile(String pattern) {
    Machine machine = new Machine();
    try {
      machine.addRule(RULE, pattern);
      return new Valid(machine);
    } catch (IOException | RuntimeException refused) {
      // What the library's parser adds below the first line is where in the text it stood.
      return new Invalid(String.valueOf(refused.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static String verdict(Compiled compiled, String event) throws Exception {
    if (compiled instanceof Invalid invalid) return "invalid-pattern " + invalid.reason();
    return String.valueOf(((Valid) compiled).machine().rulesForJSONEvent(event).contains(RULE));
  }
}
