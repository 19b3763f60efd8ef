import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { collectGarbageUntil } from './collect-garbage.ts';
import type { ClientLine, ContractCase } from './contract-case.ts';
import { callsCompared } from './rivals/rival-table.ts';
import { type CaseRun, type ContractServer, runCase } from './run-case.ts';
import { renderScoreboard, type Score, type ScoreboardTexts } from './scoreboard.ts';
import { expectedFacts, factsOf, type RecordedSpan } from './span-facts.ts';

export interface ContractOptions<C, L extends ClientLine<C>, S, R extends RecordedSpan> {
  readonly cases: readonly ContractCase<C, L, S>[];
  readonly lines: readonly L[];
  readonly start: (scripts: readonly S[]) => Promise<ContractServer>;
  /** Switches telemetry on for the process; disposing switches it off. */
  readonly telemetry: () => Telemetry<R>;
  readonly instrument: (client: C) => C;
  /** What is wrong with a span by the rules of the conventions. */
  readonly problems: (span: R) => readonly unknown[];
  /** The spans that a case expects. @defaultValue those of model calls */
  readonly isExpected?: (span: R) => boolean;
  /** The page with the outcome: its file and what it says of the client. */
  readonly scoreboard: ScoreboardTexts & { readonly file: string };
  /** The README with what `npm run bench:rivals` came to, where there are rivals. */
  readonly comparison?: string;
}

export interface Telemetry<R> extends Disposable {
  readonly spans: readonly R[];
  readonly openSpans: readonly unknown[];
}

/**
 * Registers vitest tests that run each case twice, with the bare client and with the observed one, for each release of
 * the client, and compare what the application and the server see, and what the spans tell. The outcome is a page.
 */
export function contractTests<C, L extends ClientLine<C>, S, R extends RecordedSpan>(
  options: ContractOptions<C, L, S, R>,
): void {
  const { cases, lines, start, telemetry, instrument, problems, scoreboard } = options;
  const { isExpected = isModelCall } = options;
  const same = new Set<string>();
  const right = new Set<string>();
  const keyOf = (line: L, { name }: ContractCase<C, L, S>): string => `${line.name} ${name}`;
  const runs = (line: L, contractCase: ContractCase<C, L, S>): boolean =>
    contractCase.on?.(line) ?? true;
  const observed = (
    contractCase: ContractCase<C, L, S>,
    line: L,
    beforeClose?: () => Promise<void>,
  ): Promise<CaseRun> => runCase(contractCase, line, start, instrument, beforeClose);

  describe.each(lines)('$name', (line) => {
    describe.each(cases.filter((contractCase) => runs(line, contractCase)))(
      '$name',
      (contractCase) => {
        test('the application cannot tell the observed client from the bare one', async () => {
          const bare = await runCase(contractCase, line, start);
          using _on = telemetry();

          expect(await observed(contractCase, line)).toEqual(bare);
          same.add(keyOf(line, contractCase));
        });

        test('one span for each model call, ended once and right', async () => {
          using on = telemetry();
          const expected = contractCase.spansOn?.(line) ?? contractCase.spans;
          await observed(contractCase, line, async () => {
            if (expected.some(({ atCollection }) => atCollection))
              await collectGarbageUntil(() => on.openSpans.length === 0);
          });

          expect(on.openSpans).toEqual([]);
          const calls = on.spans.filter(isExpected);
          expect(calls.map((span) => factsOf(span, on.spans))).toEqual(
            expected.map((span) => expect.objectContaining(expectedFacts(span))),
          );
          expect(calls.flatMap((span) => problems(span))).toEqual([]);
          right.add(keyOf(line, contractCase));
        });
      },
    );
  });

  test('the scoreboard in docs is what this run gives', async () => {
    const scoreOf = (contractCase: ContractCase<C, L, S>, line: L): Score | undefined =>
      runs(line, contractCase)
        ? {
            same: same.has(keyOf(line, contractCase)),
            spans: right.has(keyOf(line, contractCase)),
          }
        : undefined;
    const page = renderScoreboard(cases, lines, scoreOf, scoreboard);

    await expect(page).toMatchFileSnapshot(scoreboard.file);
  });

  const { comparison } = options;
  if (comparison === undefined) return;
  test('the comparison with rivals in the README was made with the calls there are now', () => {
    const told = callsCompared(readFileSync(comparison, 'utf8'));
    const now = lines
      .filter(({ name }) => name in told)
      .map((line) => [line.name, cases.filter((contractCase) => runs(line, contractCase)).length]);

    expect(told).toEqual(Object.fromEntries(now));
  });
}

/** Other spans, such as those of tools that a client runs or of files, are not calls of a model. */
function isModelCall({ attributes }: RecordedSpan): boolean {
  const operation = attributes['gen_ai.operation.name'];
  return operation !== undefined && operation !== 'invoke_agent' && operation !== 'execute_tool';
}
