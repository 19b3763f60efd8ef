import type { Ticket } from '../ticket.ts';

export const COORDINATOR_PROMPT =
  'You plan the work of a support desk. Answer with at most three short numbered steps for the ticket: who looks up what, and what is decided.';

export const RESEARCHER_PROMPT =
  'You research support tickets. Use every tool once: the articles for the rules, the charges for the facts, the exchange rate to USD. Then sum up in two sentences.';

export const WRITER_PROMPT =
  'You write the answers of a support desk: friendly, plain, at most five sentences, no greeting line, no placeholders.';

export function ticketPrompt(ticket: Ticket): string {
  return `Ticket ${ticket.id} of customer ${ticket.customer}:\n${ticket.text}`;
}
