import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context, propagation } from '@opentelemetry/api';
import { injectHeaders } from '@llm-otel/propagation';
import { type DecodedSpan, type OtlpSink, startOtlpSink } from '@llm-otel/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HandOff, RunUsage, UsageReport } from '../src/index.ts';
import { AgentProcess, forkAgent } from './agent-process.ts';
import { findConversation } from './find-conversation.ts';
import { type AgentTelemetry, agentTelemetry } from './fixtures/agent-telemetry.ts';

let sink: OtlpSink;
let here: AgentTelemetry;
let folder: string;

beforeEach(async () => {
  sink = await startOtlpSink();
  here = agentTelemetry('desk', sink.tracesUrl);
  folder = mkdtempSync(join(tmpdir(), 'llm-otel-agents-'));
  // Another conversation that no query may find.
  here.agents.run({ agent: { name: 'other' }, conversationId: 'c-other' }, () => undefined);
});
afterEach(async () => {
  context.disable();
  propagation.disable();
  rmSync(folder, { recursive: true });
  await sink.close();
});

function spanNamed(name: string): DecodedSpan {
  const found = sink.spans.filter((span) => span.name === name);
  expect(found, `spans named ${name}`).toHaveLength(1);
  return found[0] as DecodedSpan;
}

/** Names of a span and of those above it, each with the process it is of. */
function pathOf(name: string): string[] {
  const path: string[] = [];
  let span: DecodedSpan | undefined = spanNamed(name);
  while (span !== undefined) {
    path.push(`${span.scope.name}: ${span.name}`);
    const { parentSpanId }: DecodedSpan = span;
    span = sink.spans.find(({ spanId }) => spanId === parentSpanId);
  }
  return path;
}

describe('an agent in another process', () => {
  test('behind HTTP is in the trace of its caller, in the same conversation by baggage, and hands back what it used', async () => {
    const researcher = new AgentProcess('researcher', sink.tracesUrl);
    const { port } = await researcher.says<{ port: number }>();

    const run = { agent: { name: 'boss' }, conversationId: 'c-http', budget: { tokens: 90 } };
    await here.agents.run(run, (boss) =>
      boss.step('research', async () => {
        const headers = { 'content-type': 'application/json' };
        injectHeaders(headers);
        const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers });
        const { used } = (await response.json()) as { used: UsageReport };
        boss.include(used);
      }),
    );
    await here.flush();
    await researcher.end();

    expect(pathOf('chat gpt-5-mini')).toEqual([
      'researcher: chat gpt-5-mini',
      'researcher: execute_tool search',
      'researcher: invoke_agent researcher',
      'researcher: POST /research',
      'desk: step research',
      'desk: invoke_agent boss',
    ]);
    expect(spanNamed('invoke_agent researcher').attributes).toMatchObject({
      'gen_ai.conversation.id': 'c-http',
      'llm_otel.rollup.usage.input_tokens': 60,
    });
    expect(spanNamed('invoke_agent boss').attributes).toMatchObject({
      'llm_otel.rollup.usage.input_tokens': 60,
      'llm_otel.budget.exceeded': ['tokens'],
    });
    expect(findConversation(sink.spans, 'c-http')).toEqual([
      'POST /research',
      'chat gpt-5-mini',
      'execute_tool search',
      'invoke_agent boss',
      'invoke_agent researcher',
      'step research',
    ]);
  });

  test('that was spawned and speaks over standard input has a part in the run', async () => {
    const worker = new AgentProcess('worker', sink.tracesUrl);

    await here.agents.run({ agent: { name: 'boss' }, conversationId: 'c-stdio' }, (boss) =>
      boss.step('spread out', async () => {
        worker.send(boss.carrier());
        boss.include((await worker.says<{ used: UsageReport }>()).used);
        expect(boss.usage).toMatchObject({ inferenceCalls: 1, toolCalls: 1, steps: 2 });
      }),
    );
    await here.flush();
    await worker.end();

    expect(pathOf('chat gpt-5-mini')).toEqual([
      'worker: chat gpt-5-mini',
      'worker: execute_tool open',
      'worker: step read',
      'desk: step spread out',
      'desk: invoke_agent boss',
    ]);
    expect(spanNamed('step read').attributes).toMatchObject({
      'gen_ai.agent.name': 'boss',
      'llm_otel.run.part': 'worker-1',
    });
    expect(findConversation(sink.spans, 'c-stdio')).toHaveLength(5);
  });

  test('that was forked takes over by a hand-off: a trace of its own, linked, in the same conversation', async () => {
    const writer = forkAgent('writer', sink.tracesUrl);
    let handOff: HandOff | undefined;
    here.agents.run({ agent: { name: 'triage' }, conversationId: 'c-fork' }, (run) => {
      handOff = run.handOff({ to: 'writer' });
    });

    writer.send(handOff ?? {});
    const [answer] = (await once(writer, 'message')) as [string];
    await once(writer, 'exit');
    await here.flush();

    expect(answer).toBe('done');
    const triage = spanNamed('invoke_agent triage');
    const taken = spanNamed('invoke_agent writer');
    expect(taken.traceId).not.toBe(triage.traceId);
    expect(taken.links).toMatchObject([
      {
        traceId: triage.traceId,
        spanId: triage.spanId,
        attributes: { 'llm_otel.link.kind': 'hand_over', 'llm_otel.hand_over.from': 'triage' },
      },
    ]);
    // A plan carries no conversation itself.
    expect(findConversation(sink.spans, 'c-fork')).toEqual([
      'invoke_agent triage',
      'invoke_agent writer',
      'plan writer',
    ]);
  });
});

describe('a process that is killed with kill -9', () => {
  /** Kills the first process when it says so, and lets another one go on. */
  async function killAndResume(role: string): Promise<RunUsage> {
    const file = join(folder, 'checkpoint.json');
    const first = new AgentProcess(role, sink.tracesUrl, file);
    await first.says();
    first.child.kill('SIGKILL');
    expect(await first.exited).toEqual([null, 'SIGKILL']);

    const second = new AgentProcess('resumed', sink.tracesUrl, file);
    const { usage } = await second.says<{ usage: RunUsage }>();
    await second.end();
    return usage;
  }

  const stoppedAt = (): { traceId: string; spanId: string } => {
    const { span } = JSON.parse(readFileSync(join(folder, 'checkpoint.json'), 'utf8')) as {
      span: { traceparent: string };
    };
    const [, traceId = '', spanId = ''] = span.traceparent.split('-');
    return { traceId, spanId };
  };

  test('with a paused run: another process goes on from its checkpoint, linked, with its steps and usage', async () => {
    const usage = await killAndResume('clerk');

    expect(usage).toMatchObject({ inputTokens: 120, inferenceCalls: 2, steps: 2 });
    const [paused, resumed] = ['clerk', 'resumed'].map((process) =>
      sink.spans.find(({ scope, name }) => scope.name === process && name === 'invoke_agent clerk'),
    );
    expect(paused?.attributes).toMatchObject({
      'llm_otel.run.stop_reason': 'paused',
      'llm_otel.rollup.usage.input_tokens': 60,
    });
    expect(resumed?.attributes).toMatchObject({
      'llm_otel.run.stop_reason': 'completed',
      'llm_otel.run.resumed': 1,
      'llm_otel.run.steps': 2,
      'llm_otel.rollup.usage.input_tokens': 60,
    });
    expect(resumed?.traceId).not.toBe(paused?.traceId);
    expect(stoppedAt()).toEqual({ traceId: paused?.traceId, spanId: paused?.spanId });
    expect(resumed?.links).toMatchObject([
      { ...stoppedAt(), attributes: { 'llm_otel.link.kind': 'resume' } },
    ]);
    expect(pathOf('step read the claim')).toEqual([
      'clerk: step read the claim',
      'clerk: invoke_agent clerk',
    ]);
    expect(pathOf('step pay')).toEqual(['resumed: step pay', 'resumed: invoke_agent clerk']);
    expect(spanNamed('step read the claim').attributes['llm_otel.step.index']).toBe(0);
    expect(spanNamed('step pay').attributes['llm_otel.step.index']).toBe(1);
    const waited = spanNamed('approval refund').attributes['llm_otel.approval.waiting_seconds'];
    expect(waited).toBeGreaterThanOrEqual(5);
    expect(findConversation(sink.spans, 'c-paused')).toEqual([
      'approval refund',
      'chat gpt-5-mini',
      'chat gpt-5-mini',
      'invoke_agent clerk',
      'invoke_agent clerk',
      'step pay',
      'step read the claim',
    ]);
  });

  test('in the middle of a run: what had ended is there, and the next run links to where the lost one was', async () => {
    const usage = await killAndResume('hanging');

    expect(usage).toMatchObject({ inputTokens: 120, steps: 2 });
    // The spans that were open went down with the process.
    expect(sink.spans.map(({ scope, name }) => `${scope.name}: ${name}`)).not.toContain(
      'hanging: invoke_agent clerk',
    );
    const step = spanNamed('step read the claim');
    expect(stoppedAt()).toEqual({ traceId: step.traceId, spanId: step.parentSpanId });
    expect(spanNamed('invoke_agent clerk').links).toMatchObject([
      { ...stoppedAt(), attributes: { 'llm_otel.link.kind': 'resume' } },
    ]);
    expect(findConversation(sink.spans, 'c-killed')).toEqual([
      'approval refund',
      'chat gpt-5-mini',
      'chat gpt-5-mini',
      'invoke_agent clerk',
      'step pay',
      'step read the claim',
    ]);
  });
});
