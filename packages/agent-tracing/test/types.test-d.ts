// Checked by `tsc`: each line marked as an error must be one.
import { customValue } from '@llm-otel/llm-conventions';
import { createAgentTracing, type RunActions, type Step } from '../src/index.ts';

const agents = createAgentTracing();

// Results keep their types, through every way to call.
const named: Promise<number> = agents.run('a', async () => 1);
const withOptions: string = agents.run('a', { conversationId: 'c' }, () => 'x');
const withAgent: boolean = agents.run({ agent: { name: 'a' }, budget: { tokens: 1 } }, () => true);
// @ts-expect-error the options have a name already
agents.run('a', { agent: { name: 'b' } }, () => 1);
// @ts-expect-error an agent has a name
agents.run({ agent: {} }, () => 1);

agents.run('a', (run) => {
  const step: number = run.step('s', ({ index }) => index);
  const words: Generator<string> = run.step('s', { signature: 'x' }, function* () {
    yield 'a';
  });
  const open: Step & { end(): void } = run.startStep('s');
  run.tool('t', (tool) => tool.recordExitCode(0));
  // @ts-expect-error a tool is not a step
  run.tool('t', (tool) => tool.index);
  run.step('s', { retryOf: open }, () => 1);
  // @ts-expect-error not a span
  run.step('s', { retryOf: 'first' }, () => 1);
  run.decide({ name: 'd', chosen: 'x' });
  // @ts-expect-error a decision without work has been taken
  run.decide({ name: 'd' });
  run.decide({ name: 'd' }, (decision) => decision.choose('x'));
  // @ts-expect-error nobody else decides
  run.decide({ name: 'd', chosen: 'x', decidedBy: 'martian' });
  // @ts-expect-error the same where it is chosen
  run.decide({ name: 'd' }, (decision) => decision.choose('x', { decidedBy: 'martian' }));
  // @ts-expect-error an answer is one of three
  run.approval('a', (approval) => approval.decided('perhaps'));
  run.approval('a', (approval) => approval.decided('expired'));
  // @ts-expect-error a typing error
  run.stop('becuase');
  run.stop('no_progress');
  run.stop(customValue('user_left'));
  const handOff = run.handOff({ to: 'b' });
  agents.run('b', { handOff }, () => 1);
  // @ts-expect-error a typing error of budget
  run.stop('bugdet');
  run.stop(customValue('weekend'));
  // @ts-expect-error nobody who decides is called so
  run.decide({ name: 'd', chosen: 'x', decidedBy: 'martian' });
  // @ts-expect-error no outcome of an approval
  run.startApproval('a').decided('perhaps');
  // @ts-expect-error attributes of the application go through the second parameter
  run.setAttributes({ 'app.tier': 'gold' });
  run.setAttributes({ 'gen_ai.request.seed': 1 }, { 'app.tier': 'gold' });
  return { step, words };
});

// A traced function has the type of the function.
const traced: (query: string) => Promise<number> = agents.traced(
  { as: 'tool' },
  async (query: string) => query.length,
);
// @ts-expect-error a number where text is asked for
void traced(1);

// A part of a run has no end of its own.
agents.join({ agentName: 'a' }, 'p', (part: RunActions) => part.step('s', () => 1));
// @ts-expect-error checkpoints are for the run itself
agents.join({ agentName: 'a' }, 'p', (part) => part.checkpoint());

export { named, withAgent, withOptions };
