import type { PackedFiles } from './packed-files.ts';

/**
 * The most JavaScript of each package, in kB (1000 bytes) as packed. Close enough to what is there to notice a copy of
 * the SDK (80 kB). Raise one with the change that needs it.
 */
const budgetsInKilobytes: Readonly<Record<string, number>> = {
  // Half of it is `core/setup`, with every variable's unit, default and error text, on both lines' logs and diagnostics, the end
  // of a process by each kind of signal and each time its work is done, and metrics alone.
  '@llm-otel/core': 92,
  // With the cutting of content by parts and the decoding of text in media, which keep secrets and broken base64 out of back ends, and what has
  // each call counted, each message said and each result of a tool carried once, in every vocabulary and back; some of it reads usages of
  // LangSmith and caches of the AI SDK, and tells base64 of text from words. A stream may have several answers, in each format, each at its
  // own price. Google has two APIs, one of them in two forms, and clients answer with promises, generators and web streams of their own,
  // each observed in place.
  '@llm-otel/llm-conventions': 675,
  // A carrier of every client is read and written as that client has it, lists of headers too, and left without what another trace
  // wrote; what one service of AWS packs into the message of another is looked into. Each option that
  // does not exist is told.
  '@llm-otel/propagation': 66,
  // The formats of some 200 kinds of secrets and numbers, their checks, their labels in thirty languages, and what a value is in
  // each syntax, in tables by the names of their columns, by its place in the calls of a hundred libraries and on the command
  // lines of some hundred programs; what base64 holds in any encoding, and what escapes, forms, cells and joints of texts do; what maps
  // and lists below a name hold, what validations, databases and stores say of a value, and what code has there; the fields of messages
  // of clinics, banks and telephones; 55 kB of it is the command line, which edits JSON in place.
  '@llm-otel/redaction': 615,
  // A seventh of it is the command line. What a trace that goes on has been, in bounded tables, so that weights stay right over pauses and
  // calls; what head and tail tell each other; and a request for a policy that holds no process.
  '@llm-otel/sampling': 148,
  // Half of it is loaded only when asked for: the spool, its command line, which reads recordings of all forms, and gRPC. Batches are
  // encoded while they gather, and the cursor of a spool knows what was acknowledged in any order.
  '@llm-otel/exporters-resilient': 458,
  // What comes as JSON from elsewhere (hand-offs, checkpoints, carriers, relations) is read member by member.
  '@llm-otel/agent-tracing': 82,
  '@llm-otel/instrumentation-openai': 40,
  '@llm-otel/instrumentation-anthropic': 40,
  '@llm-otel/instrumentation-mcp': 40,
  '@llm-otel/instrumentation-langchain': 40,
  '@llm-otel/instrumentation-ai-sdk': 40,
  '@llm-otel/instrumentation-google-genai': 40,
  '@llm-otel/instrumentation-bedrock': 40,
  // An entry of winston keeps the place and the time it was written in while it waits, also one that is written again, a logger of
  // pino its own names; errors come with their causes.
  '@llm-otel/logs-bridge': 36,
  // A quarter of it are the names of content and the expressions for them, generated from those of the redaction.
  '@llm-otel/collector-config': 96,
  // Half of it is the configuration file and the doctor, which are loaded only when they are asked for, and the checks of every option;
  // the doctor knows what is preloaded, names where each thing is to be mended, prints no secret, judges answers
  // of receivers, follows imports into packages, and looks at what a process has loaded when, by whatever starts it. Each signal has limits of its own, and
  // what is missing or newer is told.
  '@llm-otel/sdk': 215,
  // Nearly half of it is the emulator, which speaks the APIs of four providers in their own forms.
  '@llm-otel/testing': 130,
};

/** What the JavaScript of a package weighs. */
export interface PackageSize {
  readonly kilobytes: number;
  readonly budget: number | undefined;
}

export function sizeOf({ manifest, files }: PackedFiles): PackageSize {
  const bytes = [...files]
    .filter(([path]) => /\.[mc]?js$/.test(path))
    .reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  return { kilobytes: bytes / 1000, budget: budgetsInKilobytes[manifest.name] };
}

export function sizeProblems({ kilobytes, budget }: PackageSize): readonly string[] {
  if (budget === undefined)
    return ['no size budget: add one in tooling/checks/package/size-problems.ts'];
  return kilobytes <= budget
    ? []
    : [`${kilobytes.toFixed(1)} kB of JavaScript are more than the budget of ${budget} kB`];
}
