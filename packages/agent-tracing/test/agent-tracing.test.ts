import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { genAiSpanDefinitions } from '@llm-otel/llm-conventions/model';
import { afterEach, describe, expect, test } from 'vitest';
import { type AgentRun, createAgentTracing, type HandOff } from '../src/index.ts';
import { named } from './named-span.ts';
import { recordAgents } from './record-agents.ts';

afterEach(() => context.disable());

const writer = { agent: { name: 'writer', description: 'writes answers' } };

describe('an agent run', () => {
  test('run_span: a run is one internal invoke_agent span with the agent and the conversation', async () => {
    const { agents, recorder } = recordAgents();

    const answer = await agents.run(
      { ...writer, conversationId: 'c-1', model: 'gpt-5' },
      async (run) => {
        run.setAttributes({}, { 'app.tier': 'gold' });
        return `${run.agentName} ${run.conversationId}`;
      },
    );

    expect(answer).toBe('writer c-1');
    expect(recorder.spans).toHaveLength(1);
    expect(named(recorder, 'invoke_agent writer')).toMatchObject({
      kind: SpanKind.INTERNAL,
      status: { code: SpanStatusCode.UNSET },
    });
    expect(recorder.spans[0]?.attributes).toEqual({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'writer',
      'gen_ai.agent.description': 'writes answers',
      'gen_ai.conversation.id': 'c-1',
      'gen_ai.request.model': 'gpt-5',
      'app.tier': 'gold',
      'llm_otel.run.stop_reason': 'completed',
    });
  });

  test('step_spans: each step is a span below the run, around synchronous and asynchronous functions', async () => {
    const { agents, recorder } = recordAgents();

    await agents.run(writer, async (run) => {
      expect(run.step('count', () => 7)).toBe(7);
      expect(await run.step('draft', async (step) => step.index)).toBe(1);
    });

    const root = named(recorder, 'invoke_agent writer').spanContext().spanId;
    for (const [index, name] of ['step count', 'step draft'].entries()) {
      const step = named(recorder, name);
      expect(step.parentSpanContext?.spanId).toBe(root);
      expect(step.attributes).toEqual({
        'llm_otel.step.index': index,
        'gen_ai.agent.name': 'writer',
      });
    }
  });

  test('step_ordering: steps that run at the same time are numbered in the order they started', async () => {
    const { agents, recorder } = recordAgents();
    const release: (() => void)[] = [];
    const held = (): Promise<void> => new Promise((resolve) => release.push(resolve));

    await agents.run(writer, async (run) => {
      const steps = ['a', 'b', 'c'].map((name) => run.step(name, held));
      for (const resolve of release.toReversed()) {
        resolve();
        await Promise.resolve();
      }
      await Promise.all(steps);
    });

    const order = recorder.spans
      .filter(({ name }) => name.startsWith('step '))
      .map(({ name, attributes }) => [name, attributes['llm_otel.step.index']]);
    expect(order).toEqual([
      ['step c', 2],
      ['step b', 1],
      ['step a', 0],
    ]);
  });

  test('tool_call_span: a tool call has name, type and id; arguments and result only with content on', async () => {
    const callTool = (run: AgentRun): Promise<object> =>
      run.tool(
        { name: 'search', callId: 't-1', description: 'finds', arguments: { q: 'secret?' } },
        async () => ({ hits: 2 }),
      );
    const off = recordAgents();
    await off.agents.run(writer, callTool);
    const on = recordAgents({ content: 'span' });
    await on.agents.run(writer, callTool);
    on.agents.run(writer, (run) =>
      run.tool({ name: 'raw', arguments: '{"q":1}' }, () => undefined),
    );

    const attributes = {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'search',
      'gen_ai.tool.type': 'function',
      'gen_ai.tool.call.id': 't-1',
      'gen_ai.tool.description': 'finds',
      'gen_ai.agent.name': 'writer',
    };
    const tool = named(off.recorder, 'execute_tool search');
    expect(tool.kind).toBe(SpanKind.INTERNAL);
    expect(tool.attributes).toEqual(attributes);
    expect(named(on.recorder, 'execute_tool search').attributes).toEqual({
      ...attributes,
      'gen_ai.tool.call.arguments': '{"q":"secret?"}',
      'gen_ai.tool.call.result': '{"hits":2}',
    });
    expect(named(on.recorder, 'execute_tool raw').attributes).toMatchObject({
      'gen_ai.tool.call.arguments': '{"q":1}',
    });
  });

  test('memory_retrieval_span: retrieval and memory searches are client spans with their counts', async () => {
    const { agents, recorder, points, clock } = recordAgents({ content: 'span' });

    await agents.run(writer, async (run) => {
      await run.retrieve(
        { dataSourceId: 'handbook', query: 'refunds', topK: 3, provider: 'openai', model: 'e' },
        async (retrieval) => {
          await clock.advance(20);
          const documents = [{ id: 'd-1', score: 0.9, text: 'not recorded' }];
          retrieval.recordDocuments(documents);
          return documents;
        },
      );
      run.retrieve({}, () => undefined);
      await run.memory.search({ storeId: 's', query: 'ada' }, async () => ['a', 'b']);
      run.memory.upsert({ records: [{ content: 'likes tea', id: 'm-1' }] }, () => undefined);
      run.memory.delete({ recordId: 'm-1', inProcess: true }, () => undefined);
    });

    expect(named(recorder, 'retrieval handbook')).toMatchObject({
      kind: SpanKind.CLIENT,
      attributes: {
        'gen_ai.operation.name': 'retrieval',
        'gen_ai.data_source.id': 'handbook',
        'gen_ai.provider.name': 'openai',
        'gen_ai.retrieval.top_k': 3,
        'gen_ai.retrieval.query.text': 'refunds',
        'gen_ai.retrieval.documents': '[{"id":"d-1","score":0.9}]',
      },
    });
    expect(named(recorder, 'retrieval').attributes).toEqual({
      'gen_ai.operation.name': 'retrieval',
    });
    expect(named(recorder, 'search_memory')).toMatchObject({
      kind: SpanKind.CLIENT,
      attributes: {
        'gen_ai.memory.store.id': 's',
        'gen_ai.memory.record.count': 2,
        'gen_ai.memory.query.text': 'ada',
      },
    });
    expect(named(recorder, 'upsert_memory').attributes).toMatchObject({
      'gen_ai.memory.record.count': 1,
      'gen_ai.memory.records': '[{"content":"likes tea","id":"m-1"}]',
    });
    expect(named(recorder, 'delete_memory')).toMatchObject({
      kind: SpanKind.INTERNAL,
      attributes: { 'gen_ai.memory.record.id': 'm-1', 'gen_ai.memory.record.count': 1 },
    });
    const durations = (await points()).filter(
      ({ metric }) => metric === 'gen_ai.client.operation.duration',
    );
    expect(durations.map(({ attributes }) => attributes['gen_ai.operation.name'])).toEqual([
      'retrieval',
      'retrieval',
      'search_memory',
      'upsert_memory',
      'delete_memory',
    ]);
    expect(durations[0]?.sum).toBe(0.02);
  });

  test('every memory operation of the conventions has its span', () => {
    const { agents, recorder } = recordAgents();

    agents.run(writer, ({ memory }) => {
      for (const operation of Object.values(memory) as AgentRun['memory']['search'][])
        operation({}, () => undefined);
    });

    const { operations } = genAiSpanDefinitions['gen_ai.memory.client'];
    const names = recorder.spans.map(({ name }) => name).slice(0, -1);
    expect(names.toSorted()).toEqual([...operations].toSorted());
  });

  test('decision_span: a decision is a span with options, scores and choice, its reason only with content on', () => {
    const decide = (run: AgentRun): unknown =>
      run.step('route', () =>
        run.decide({
          name: 'route',
          options: [
            { name: 'billing', score: 0.8 },
            { name: 'sales', score: 0.1 },
          ],
          chosen: 'billing',
          decidedBy: 'model',
          confidence: 0.8,
          reason: 'mentions an invoice',
        }),
      );
    const off = recordAgents();
    off.agents.run(writer, decide);
    const on = recordAgents({ content: 'span' });
    on.agents.run(writer, decide);

    const attributes = {
      'gen_ai.agent.name': 'writer',
      'llm_otel.decision.name': 'route',
      'llm_otel.decision.options': ['billing', 'sales'],
      'llm_otel.decision.scores': [0.8, 0.1],
      'llm_otel.decision.chosen': 'billing',
      'llm_otel.decision.decided_by': 'model',
      'llm_otel.decision.confidence': 0.8,
    };
    const decision = named(off.recorder, 'decide route');
    expect(decision.kind).toBe(SpanKind.INTERNAL);
    expect(decision.attributes).toEqual(attributes);
    const step = named(off.recorder, 'step route').spanContext().spanId;
    expect(decision.parentSpanContext?.spanId).toBe(step);
    expect(named(on.recorder, 'decide route').attributes).toEqual({
      ...attributes,
      'llm_otel.decision.reason': 'mentions an invoice',
    });
  });

  test('parent_child_links: workflow, run, step, tool, plan and model call hang below each other', async () => {
    const { agents, genAi, recorder } = recordAgents();

    await agents.workflow({ name: 'support', conversationId: 'c-7' }, () =>
      agents.run(writer, async (run) => {
        await run.plan(() => genAi.inference({ provider: 'openai', model: 'm' }, async () => 1));
        await run.step('draft', () =>
          run.tool({ name: 'search' }, () => run.retrieve({ dataSourceId: 'd' }, async () => 1)),
        );
      }),
    );

    const parentOf = (name: string): string | undefined => {
      const id = named(recorder, name).parentSpanContext?.spanId;
      return recorder.spans.find((span) => span.spanContext().spanId === id)?.name;
    };
    expect(parentOf('invoke_workflow support')).toBeUndefined();
    expect(parentOf('invoke_agent writer')).toBe('invoke_workflow support');
    expect(parentOf('plan writer')).toBe('invoke_agent writer');
    expect(parentOf('chat m')).toBe('plan writer');
    expect(parentOf('step draft')).toBe('invoke_agent writer');
    expect(parentOf('execute_tool search')).toBe('step draft');
    expect(parentOf('retrieval d')).toBe('execute_tool search');
    // The conversation of the workflow reaches everything that may carry it.
    for (const name of ['invoke_agent writer', 'step draft', 'execute_tool search', 'chat m'])
      expect(named(recorder, name).attributes['gen_ai.conversation.id']).toBe('c-7');
    expect(named(recorder, 'chat m').attributes['gen_ai.agent.name']).toBe('writer');
    expect(recorder.openSpans).toEqual([]);
  });

  test('multi_agent_correlation: a hand-over links the next run to the last, and the conversation goes with it', () => {
    const { agents, recorder } = recordAgents({ content: 'span' });
    let handOff: HandOff | undefined;

    agents.run({ agent: { name: 'triage' }, conversationId: 'c-3' }, (run) => {
      handOff = run.handOff({ to: 'writer', reason: 'needs prose' });
    });
    agents.run({ ...writer, handOff, parent: ROOT_CONTEXT }, () => undefined);

    const triage = named(recorder, 'invoke_agent triage');
    const next = named(recorder, 'invoke_agent writer');
    expect(handOff).toMatchObject({ from: 'triage', to: 'writer', conversationId: 'c-3' });
    expect(triage.events[0]).toMatchObject({
      name: 'llm_otel.hand_over',
      attributes: {
        'llm_otel.hand_over.from': 'triage',
        'llm_otel.hand_over.to': 'writer',
        'llm_otel.hand_over.reason': 'needs prose',
      },
    });
    expect(next.links).toMatchObject([
      {
        context: { spanId: triage.spanContext().spanId },
        attributes: { 'llm_otel.link.kind': 'hand_over', 'llm_otel.hand_over.from': 'triage' },
      },
    ]);
    expect(next.attributes['gen_ai.conversation.id']).toBe('c-3');
    expect(next.spanContext().traceId).not.toBe(triage.spanContext().traceId);
  });

  test('error_propagation: an error passes unchanged and marks every span it leaves, its stack only the first', async () => {
    const { agents, recorder } = recordAgents();
    const error = Object.assign(new Error('no such table'), { code: 'SQLITE_ERROR' });

    const failing = agents.workflow({ name: 'support' }, () =>
      agents.run(writer, (run) =>
        run.step('look up', () => run.tool({ name: 'sql' }, () => Promise.reject(error))),
      ),
    );

    await expect(failing).rejects.toBe(error);
    expect(recorder.spans.map(({ name }) => name)).toEqual([
      'execute_tool sql',
      'step look up',
      'invoke_agent writer',
      'invoke_workflow support',
    ]);
    for (const { status, attributes } of recorder.spans) {
      expect(status).toEqual({ code: SpanStatusCode.ERROR, message: 'no such table' });
      expect(attributes['error.type']).toBe('SQLITE_ERROR');
    }
    expect(recorder.spans.map(({ events }) => events.length)).toEqual([1, 0, 0, 0]);
  });

  test('an error that is handled inside the run marks only the span it left', () => {
    const { agents, recorder } = recordAgents();

    agents.run(writer, (run) => {
      try {
        run.tool({ name: 'sql' }, () => {
          throw new TypeError('no');
        });
      } catch {
        // Handled: the run goes on.
      }
    });

    expect(named(recorder, 'execute_tool sql').attributes['error.type']).toBe('TypeError');
    expect(named(recorder, 'invoke_agent writer').status.code).toBe(SpanStatusCode.UNSET);
  });

  test('metrics: durations, and own model and tool calls only, with the attributes of the conventions', async () => {
    const { agents, genAi, points, clock } = recordAgents();
    const ask = (): Promise<void> => genAi.inference({ provider: 'openai' }, async () => undefined);

    await agents.workflow({ name: 'support' }, () =>
      agents.run({ agent: { name: 'boss' } }, async (boss) => {
        await ask();
        await boss.tool({ name: 'delegate' }, () =>
          agents.run(writer, async (run) => {
            await clock.advance(500);
            await Promise.all([ask(), run.step('ask', ask)]);
            run.tool({ name: 'note' }, () => undefined);
          }),
        );
        await agents.workflow({ name: 'inner' }, ask);
      }),
    );

    const recorded = await points();
    const sums = (metric: string): Record<string, number> =>
      Object.fromEntries(
        recorded
          .filter((point) => point.metric === metric)
          .map(({ attributes, sum }) => [Object.values(attributes).join(), sum]),
      );
    expect(sums('gen_ai.invoke_agent.inference_calls')).toEqual({ boss: 2, writer: 2 });
    expect(sums('gen_ai.invoke_agent.tool_calls')).toEqual({ boss: 1, writer: 1 });
    expect(sums('gen_ai.invoke_agent.duration')).toEqual({ boss: 0.5, writer: 0.5 });
    expect(sums('gen_ai.execute_tool.duration')).toEqual({
      'delegate,function,boss': 0.5,
      'note,function,writer': 0,
    });
    expect(sums('gen_ai.invoke_workflow.duration')).toEqual({ support: 0.5, inner: 0 });
    expect(recorded.every(({ count }) => count >= 1)).toBe(true);
  });
});

describe('around a run', () => {
  test('parallel runs keep their own spans, even where the active context is lost', async () => {
    const { agents, recorder } = recordAgents();
    const runs: AgentRun[] = [];
    let finish: (() => void) | undefined;
    const done = new Promise<void>((resolve) => (finish = resolve));
    const all = ['a', 'b'].map((name) =>
      agents.run({ agent: { name } }, (run) => {
        runs.push(run);
        return done;
      }),
    );

    // Outside of both runs, and inside the other one.
    for (const run of runs) run.step(run.agentName, () => undefined);
    context.with(runs[0]?.context ?? ROOT_CONTEXT, () => runs[1]?.step('c', () => undefined));
    finish?.();
    await Promise.all(all);

    for (const [step, agent] of ['a', 'b'].map((name) => [name, name]).concat([['c', 'b']])) {
      const parent = named(recorder, `invoke_agent ${agent}`).spanContext().spanId;
      expect(named(recorder, `step ${step}`).parentSpanContext?.spanId).toBe(parent);
    }
  });

  test('tools that run at the same time keep what they call below them', async () => {
    const { agents, genAi, recorder } = recordAgents();
    const tools = ['a', 'b', 'c'];
    let waiting = tools.length;
    let release: (() => void) | undefined;
    const allStarted = new Promise<void>((resolve) => (release = resolve));

    await agents.run(writer, (run) =>
      Promise.all(
        tools.map((name) =>
          run.tool({ name }, async () => {
            if (--waiting === 0) release?.();
            await allStarted;
            await genAi.inference({ provider: 'openai', model: name }, async () => undefined);
            run.decide({ name, chosen: 'x' });
          }),
        ),
      ),
    );

    for (const name of tools)
      for (const below of [`chat ${name}`, `decide ${name}`])
        expect(named(recorder, below).parentSpanContext?.spanId).toBe(
          named(recorder, `execute_tool ${name}`).spanContext().spanId,
        );
  });

  test('messages of the run are recorded with content on only', () => {
    const messages = [{ role: 'user', parts: [{ type: 'text', content: 'hi' }] }];
    const on = recordAgents({ content: 'span' });
    const off = recordAgents();
    for (const { agents } of [on, off])
      agents.run(writer, (run) => {
        run.recordInput({ inputMessages: messages });
        run.recordOutput({ outputMessages: messages });
      });

    expect(on.recorder.spans[0]?.attributes).toMatchObject({
      'gen_ai.input.messages': JSON.stringify(messages),
      'gen_ai.output.messages': JSON.stringify(messages),
    });
    expect(JSON.stringify(off.recorder.spans[0]?.attributes)).not.toContain('hi');
  });

  test('the content mode is that of the model calls, where none is given', () => {
    const { agents, recorder } = recordAgents({ genAi: { content: 'span' } });

    agents.run(writer, (run) => run.tool({ name: 't', arguments: [1] }, () => 1));

    expect(recorder.spans[0]?.attributes).toMatchObject({
      'gen_ai.tool.call.arguments': '{"arguments":[1]}',
    });
    expect(() => createAgentTracing({ content: 'all' as 'span' })).toThrow('content is "all"');
  });

  test('every span is as the conventions have it', () => {
    const { agents, recorder } = recordAgents({ content: 'span' });
    agents.workflow({ name: 'w', conversationId: 'c' }, () =>
      agents.run({ ...writer, model: 'm' }, (run) => {
        run.recordInput({ inputMessages: [] });
        run.plan(() => undefined);
        run.tool({ name: 't', callId: 'i', description: 'd', arguments: {} }, () => 1);
        run.retrieve(
          {
            dataSourceId: 'd',
            query: 'q',
            topK: 1,
            provider: 'p',
            model: 'm',
            serverAddress: 'h',
            serverPort: 1,
          },
          (r) => r.recordDocuments([]),
        );
        run.memory.create(
          { storeId: 's', recordId: 'r', query: 'q', records: [], provider: 'p' },
          () => 1,
        );
      }),
    );

    expect(recorder.spans).toHaveLength(6);
    for (const span of recorder.spans) {
      const report = checkConformance(span, { content: true, known: true });
      expect([...report.errors, ...report.warnings]).toEqual([]);
    }
  });

  test('and every other span, in a run or outside of one, is of a kind that the check knows', async () => {
    const { agents, recorder } = recordAgents();

    await agents.workflow('w', () =>
      agents.run(writer, async (run) => {
        run.step('s', () => 1);
        run.decide({ name: 'd', options: ['a', 'b'], chosen: 'a' });
        run.approval('send', () => true);
      }),
    );
    agents.traced({ name: 'alone' }, () => 1)();

    const known = recorder.spans.map(({ name }) => name);
    expect(known).toEqual(expect.arrayContaining(['step s', 'decide d', 'step alone']));
    for (const span of recorder.spans)
      expect(checkConformance(span, { known: true }).errors).toEqual([]);
  });

  test('with telemetry disabled every function runs as it is and nothing is recorded', async () => {
    const agents = createAgentTracing();

    const result = await agents.workflow({ name: 'w' }, () =>
      agents.run({ ...writer, conversationId: 'c' }, async (run) => {
        run.decide({ name: 'd', chosen: 'x' });
        run.recordInput({ inputMessages: [] });
        run.recordOutput({});
        run.setAttributes({});
        expect(run.span.isRecording()).toBe(false);
        expect(run.context).toBe(ROOT_CONTEXT);
        const values = [
          run.step('s', ({ index }) => index),
          run.tool({ name: 't' }, () => 1),
          run.plan(() => 2),
          run.retrieve({}, (retrieval) => {
            retrieval.recordDocuments([]);
            return 3;
          }),
          run.memory.search({}, (memory) => {
            memory.recordRecords([]);
            return 4;
          }),
        ];
        return { values, handOver: run.handOff({ to: 'b' }) };
      }),
    );

    expect(result.values).toEqual([0, 1, 2, 3, 4]);
    expect(result.handOver).toMatchObject({ from: 'writer', to: 'b', conversationId: 'c' });
  });
});
