import type { HandOff } from '@llm-otel/agent-tracing';
import type { Ticket } from '../ticket.ts';
import type { DeskContext } from './desk-context.ts';
import { ANTHROPIC_MODEL } from './models.ts';
import { observedMessageStream } from './observed-message-stream.ts';
import { ticketPrompt, WRITER_PROMPT } from './prompts.ts';
import type { Findings } from './researcher.ts';

export interface WritingTask {
  readonly findings: Findings;
  readonly refunded: boolean;
  readonly handOff: HandOff;
}

/** Streams the answer to the customer. */
export function writeAnswer(
  desk: DeskContext,
  ticket: Ticket,
  { findings, refunded, handOff }: WritingTask,
): Promise<string> {
  return desk.agents.run({ agent: { name: 'writer' }, handOff }, async () => {
    const stream = await observedMessageStream(desk.genAi, desk.models.anthropic, {
      model: ANTHROPIC_MODEL,
      max_tokens: 500,
      system: WRITER_PROMPT,
      messages: [
        {
          role: 'user',
          content: `${ticketPrompt(ticket)}\n\nFindings: ${findings.summary}\nDecided: ${refunded ? 'the second charge is refunded' : 'a colleague takes over'}.`,
        },
      ],
    });
    let answer = '';
    for await (const event of stream) {
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta')
        answer += event.delta.text;
    }
    return answer;
  });
}
