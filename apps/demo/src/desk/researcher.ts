import type { AgentRun, HandOff } from '@llm-otel/agent-tracing';
import type OpenAI from 'openai';
import type { Charge } from '../billing/charge.ts';
import type { Ticket } from '../ticket.ts';
import type { DeskContext } from './desk-context.ts';
import { OPENAI_MODEL } from './models.ts';
import { observedChat } from './observed-chat.ts';
import { RESEARCHER_PROMPT, ticketPrompt } from './prompts.ts';
import { runTool, TOOL_DEFINITIONS } from './tools.ts';

type Message = OpenAI.Chat.Completions.ChatCompletionMessageParam;
type ToolCall = OpenAI.Chat.Completions.ChatCompletionMessageFunctionToolCall;

export interface Findings {
  readonly summary: string;
  readonly charges: readonly Charge[];
  readonly failedTools: readonly string[];
}

const MAX_ROUNDS = 4;

/** Lets the model call tools until it sums up. A tool that fails is told to the model and changes nothing else. */
export function research(desk: DeskContext, ticket: Ticket, handOff: HandOff): Promise<Findings> {
  const agent = { name: 'researcher', description: 'looks up rules and facts for a ticket' };
  return desk.agents.run({ agent, handOff }, async (run) => {
    const known = await run.memory.search(
      { storeId: desk.memory.id, query: ticket.customer, inProcess: true },
      async () => desk.memory.search(ticket.customer),
    );
    const notes = known.map(({ content }) => content).join('\n') || 'nothing';
    const messages: Message[] = [
      { role: 'system', content: `${RESEARCHER_PROMPT}\nKnown about the customer: ${notes}` },
      { role: 'user', content: ticketPrompt(ticket) },
    ];
    const findings = { charges: [] as Charge[], failedTools: [] as string[] };
    let summary = '';
    for (let round = 1; round <= MAX_ROUNDS && summary === ''; round++) {
      summary = await run.step(round === 1 ? 'look up' : 'sum up', () =>
        oneRound(desk, run, messages, findings),
      );
    }
    const record = { id: `${ticket.customer}:last-ticket`, content: summary };
    const memory = {
      storeId: desk.memory.id,
      recordId: record.id,
      records: [record],
      inProcess: true,
    };
    run.memory.upsert(memory, () => desk.memory.upsert(ticket.customer, record));
    return { summary, ...findings };
  });
}

/** One answer of the model and the tools it asked for. Returns the summary, or an empty string to go on. */
async function oneRound(
  desk: DeskContext,
  run: AgentRun,
  messages: Message[],
  findings: { charges: Charge[]; failedTools: string[] },
): Promise<string> {
  const completion = await observedChat(desk.genAi, desk.models.openai, {
    model: OPENAI_MODEL,
    messages,
    tools: TOOL_DEFINITIONS.map(({ type, ...definition }) => ({ type, function: definition })),
  });
  const message = completion.choices[0]?.message;
  if (message === undefined) throw new Error('the model answered without a choice');
  messages.push(message);
  const calls = (message.tool_calls ?? []).filter(
    (call): call is ToolCall => call.type === 'function',
  );
  for (const call of calls) {
    const { content, charges } = await callTool(desk, run, call);
    if (content === undefined) findings.failedTools.push(call.function.name);
    if (charges !== undefined) findings.charges = charges;
    messages.push({
      role: 'tool',
      tool_call_id: call.id,
      content: content ?? 'this tool failed; go on without it',
    });
  }
  return calls.length === 0 ? (message.content ?? '') : '';
}

async function callTool(
  desk: DeskContext,
  run: AgentRun,
  { id, function: called }: ToolCall,
): Promise<{ content?: string; charges?: Charge[] }> {
  const input = JSON.parse(called.arguments) as Record<string, string>;
  const description = TOOL_DEFINITIONS.find(({ name }) => name === called.name)?.description;
  try {
    const result = await run.tool(
      { name: called.name, callId: id, type: 'function', description, arguments: input },
      () => runTool(run, desk, called.name, input),
    );
    const charges = called.name === 'list_charges' ? (result as Charge[]) : undefined;
    return { content: JSON.stringify(result), ...(charges && { charges }) };
  } catch {
    // The span of the tool has the error; the agent goes on.
    desk.metrics.toolFailed(called.name);
    return {};
  }
}
