import type { Ticket } from '../ticket.ts';
import type { DeskContext } from './desk-context.ts';
import { OPENAI_MODEL } from './models.ts';
import { observedChat } from './observed-chat.ts';
import { COORDINATOR_PROMPT, ticketPrompt } from './prompts.ts';
import { type Findings, research } from './researcher.ts';
import { retryRateLimit } from './retry-rate-limit.ts';
import { writeAnswer } from './writer.ts';

/** Refunds up to this amount need no approval: article kb-101. */
const REFUND_LIMIT_CENTS = 20_000;

export interface CoordinatorEvents {
  readonly researchDone: () => void;
}

/** Plans, hands the research and the writing to other agents, and decides in between. */
export function answerTicket(
  desk: DeskContext,
  ticket: Ticket,
  events: CoordinatorEvents,
): Promise<string> {
  return desk.agents.workflow({ name: 'answer_ticket' }, () =>
    desk.agents.run({ agent: { name: 'coordinator' }, conversationId: ticket.id }, async (run) => {
      const plan = await run.plan(async () => {
        const completion = await retryRateLimit(() =>
          observedChat(desk.genAi, desk.models.openai, {
            model: OPENAI_MODEL,
            messages: [
              { role: 'system', content: COORDINATOR_PROMPT },
              { role: 'user', content: ticketPrompt(ticket) },
            ],
          }),
        );
        return completion.choices[0]?.message.content ?? '';
      });

      const toResearcher = run.handOff({ to: 'researcher', reason: plan });
      const findings = await research(desk, ticket, toResearcher);
      events.researchDone();

      const duplicate = duplicateCharge(findings);
      const refund = duplicate !== undefined && duplicate.amountCents <= REFUND_LIMIT_CENTS;
      run.decide({
        name: 'refund',
        options: ['refund', 'escalate'],
        chosen: refund ? 'refund' : 'escalate',
        reason: refund
          ? 'charged twice, below the limit of kb-101'
          : 'no duplicate charge below the limit',
        decidedBy: 'rule',
      });
      if (refund) await desk.billing.refund(duplicate.id, ticket.id);

      const toWriter = run.handOff({ to: 'writer', reason: findings.summary });
      return writeAnswer(desk, ticket, { findings, refunded: refund, handOff: toWriter });
    }),
  );
}

/** The later one of two charges of the same amount. */
function duplicateCharge({ charges }: Findings): Findings['charges'][number] | undefined {
  return charges.find((charge, index) =>
    charges
      .slice(0, index)
      .some(
        (earlier) =>
          earlier.amountCents === charge.amountCents && earlier.currency === charge.currency,
      ),
  );
}
