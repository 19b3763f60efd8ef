import { collectGarbageUntil } from '../collect-garbage.ts';
import type { ExpectedSpan } from '../contract-case.ts';
import type { CaseRun } from '../run-case.ts';
import type { Load, Observe, Rival } from './rival.ts';
import { countsTwice, type Recorded, sawRightly } from './saw-rightly.ts';

/** What one case came to. */
export interface CaseOutcome {
  readonly name: string;
  /** What the application and the server saw, as text. */
  readonly run: string;
  /** The application got an answer: no error, no end of waiting, and no rejection that nobody handles. */
  readonly answered: boolean;
  /** What is wrong with the spans: `spans`, `twice`, or what `judge` says. */
  readonly faults: readonly string[];
}

interface RivalCase<L> {
  readonly name: string;
  readonly on?: (line: L) => boolean;
  readonly spans: readonly ExpectedSpan[];
  readonly spansOn?: (line: L) => readonly ExpectedSpan[] | undefined;
}

export interface RivalRun<C, L, K extends RivalCase<L>> {
  readonly cases: readonly K[];
  readonly rivals: readonly Rival<C>[];
  readonly load: Load;
  /** Switches telemetry on for the process, with a span processor before the recorder. */
  readonly telemetry: (first: object | undefined) => Recorded & { clear(): void };
  /** Loads the release of the client: required, so that those that patch what is loaded see it. */
  readonly line: (name: string) => L;
  readonly run: (
    contractCase: K,
    line: L,
    observe: Observe<C>,
    /** Awaited when the application has its answer and the server is still there. */
    beforeClose: () => Promise<void>,
  ) => Promise<CaseRun>;
  /** Whether the cases tell what spans tools have. @defaultValue true */
  readonly tools?: boolean;
  /** What is wrong with the spans of a case that is over. @defaultValue as for model calls and tools */
  readonly judge?: (contractCase: K, line: L, recorded: Recorded) => readonly string[];
}

/** Longer than any case takes: a call that hangs is a difference. */
const PATIENCE_MILLIS = 5000;
/** What is collectable is collected by then. */
const GARBAGE_TURNS = 100;
const HUNG: CaseRun = { result: { hung: true }, requests: [], unhandled: [] };

/**
 * Runs the cases with one release of the client, observed by one rival: as the arguments of the process say, `<rival> <line>
 * <first>`, with `bare` for none and from the case of that number on. Prints a line of JSON for each case, so that what
 * came before counts, whatever ends the process.
 */
export async function runWithRival<C, L, K extends RivalCase<L>>({
  cases,
  rivals,
  load,
  telemetry,
  line: lineOf,
  run: runCase,
  tools = true,
  judge = (contractCase, line, recorded) =>
    faultsOf(expectedOn(contractCase, line), recorded, tools),
}: RivalRun<C, L, K>): Promise<never> {
  const [observer = '', lineName = '', first = '0'] = process.argv.slice(2);
  const rival = rivals.find(({ name }) => name === observer);
  const recorder = telemetry(rival?.processor?.(load));
  const observe = await (rival?.start(load, lineName) ?? ((client: C) => client));
  const line = lineOf(lineName);

  for (const contractCase of cases.filter(({ on }) => on?.(line) ?? true).slice(Number(first))) {
    recorder.clear();
    const expected = expectedOn(contractCase, line);
    const hung = Promise.withResolvers<CaseRun>();
    let timer = setTimeout(() => hung.resolve(HUNG), PATIENCE_MILLIS);
    const settle = async (): Promise<void> => {
      clearTimeout(timer);
      if (expected.some(({ atCollection }) => atCollection))
        await collectGarbageUntil(() => recorder.openSpans.length === 0, GARBAGE_TURNS);
      // The server closes now, for which no answer may be left unread.
      timer = setTimeout(() => hung.resolve(HUNG), PATIENCE_MILLIS);
    };
    const run = await Promise.race([runCase(contractCase, line, observe, settle), hung.promise]);
    clearTimeout(timer);
    const outcome: CaseOutcome = {
      name: contractCase.name,
      run: JSON.stringify(run),
      answered: 'value' in (run.result as object) && run.unhandled.length === 0,
      faults: judge(contractCase, line, recorder),
    };
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
  }
  process.exit(0);
}

function expectedOn<L>({ spans, spansOn }: RivalCase<L>, line: L): readonly ExpectedSpan[] {
  return spansOn?.(line) ?? spans;
}

function faultsOf(
  expected: readonly ExpectedSpan[],
  recorded: Recorded,
  tools: boolean,
): readonly string[] {
  const right = sawRightly(expected, recorded, tools ? ['model', 'tool'] : ['model']);
  return [...(right ? [] : ['spans']), ...(countsTwice(expected, recorded) ? ['twice'] : [])];
}
