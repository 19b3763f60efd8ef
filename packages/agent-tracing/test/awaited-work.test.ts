import { context } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import { named } from './named-span.ts';
import { collectGarbageUntil } from './collect-garbage.ts';
import { recordAgents, type RecordedAgents } from './record-agents.ts';

afterEach(() => context.disable());

const names = ({ recorder }: RecordedAgents): string[] => recorder.spans.map(({ name }) => name);

/** Sent when someone waits for it, each time, as in libraries for databases. */
class Query {
  sent = 0;
  readonly #answer: () => Promise<unknown>;

  constructor(answer: () => Promise<unknown>) {
    this.#answer = answer;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- that is what it is about
  then(...callbacks: Parameters<Promise<unknown>['then']>): ReturnType<Promise<unknown>['then']> {
    this.sent++;
    return this.#answer().then(...callbacks);
  }
}

describe('work that answers with what is awaited and is no promise', () => {
  test('lasts until it has been waited for, and what it does hangs below it; it is sent once', async () => {
    const recorded = recordAgents();
    const { agents, genAi, recorder, clock, points } = recorded;
    const query = new Query(async () => {
      await clock.advance(1500);
      genAi.startInference({ provider: 'openai', model: 'm' }).end();
      return 'rows';
    });

    const rows = await agents.run('writer', async (run) => {
      const given = run.step('query', () => query);
      expect(given).toBe(query);
      expect(Object.keys(given)).toEqual(['sent']);
      expect([query.sent, names(recorded)]).toEqual([0, []]);
      return given;
    });

    expect([rows, query.sent]).toEqual(['rows', 1]);
    expect(names(recorded)).toEqual(['chat m', 'step query', 'invoke_agent writer']);
    expect(named(recorder, 'chat m').parentSpanContext?.spanId).toBe(
      named(recorder, 'step query').spanContext().spanId,
    );
    const duration = (await points()).find(
      ({ metric }) => metric === 'llm_otel.agent.step.duration',
    );
    expect(duration?.sum).toBe(1.5);
    // Again is again, and no second span.
    expect([await query, query.sent]).toEqual(['rows', 2]);
    expect(names(recorded).slice(3)).toEqual(['chat m']);
  });

  test('fails with it, and the error reaches who waits', async () => {
    const recorded = recordAgents();
    const failure = new TypeError('no such table');
    const run = recorded.agents.startRun('writer');
    const query = run.tool('query', () => new Query(() => Promise.reject(failure)));

    await expect(Promise.resolve(query)).rejects.toBe(failure);
    expect(named(recorded.recorder, 'execute_tool query').attributes['error.type']).toBe(
      'TypeError',
    );
  });

  test('calls back where its callbacks were given, and may be waited for without any', async () => {
    const { agents } = recordAgents();
    const run = agents.startRun('writer');
    const answer = new Query(async () => 'rows');

    const outside = context.active();
    const seen = await run.step('query', () => answer).then((rows) => [rows, context.active()]);
    expect(seen).toEqual(['rows', outside]);
    expect(await run.step('query', () => new Query(async () => 1)).then()).toBe(1);
    const handled = run
      .step('query', () => new Query(() => Promise.reject(new Error('no'))))
      .then(undefined, () => 'handled');
    expect(await handled).toBe('handled');
  });

  test('ends with the run where nobody waits for it, or when it is dropped', async () => {
    const recorded = recordAgents();
    const query = new Query(async () => 1);

    recorded.agents.run('writer', (run) => void run.step('kept', () => query));
    expect(named(recorded.recorder, 'step kept').attributes['llm_otel.left_open']).toBe(
      'run_ended',
    );
    const run = recorded.agents.startRun('reader');
    run.step('dropped', () => new Query(async () => 1));
    await collectGarbageUntil(() => names(recorded).includes('step dropped'));
    expect(names(recorded)).toContain('step dropped');
    expect(query.sent).toBe(0);
  });

  test('is complete when the work is where it cannot be observed', () => {
    const recorded = recordAgents();
    const frozen = Object.freeze(new Query(async () => 1));

    expect(recorded.agents.run('writer', () => frozen)).toBe(frozen);
    expect(names(recorded)).toEqual(['invoke_agent writer']);
  });

  test('may be iterated as well', async () => {
    const recorded = recordAgents();
    class Cursor extends Query {
      async *[Symbol.asyncIterator](): AsyncGenerator<number> {
        yield 1;
      }
    }
    const run = recorded.agents.startRun('writer');

    for await (const _ of run.step('iterated', () => new Cursor(async () => 1)));
    await run.step('awaited', () => new Cursor(async () => 1));

    expect(names(recorded)).toEqual(['step iterated', 'step awaited']);
  });
});
