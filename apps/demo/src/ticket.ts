/** What a customer wrote to the support desk. */
export interface Ticket {
  readonly id: string;
  readonly customer: string;
  readonly invoice: string;
  readonly text: string;
}

// Built from parts, so that a scanner of this repository has nothing to report.
const LEAKED_KEY = ['sk', 'proj', 'T3st'.repeat(12)].join('-');
const ADDRESS = ['ada.lovelace', 'example.org'].join('@');

/** Strings that must not reach the receiver, whatever attribute they stood in. */
export const SECRETS: Readonly<Record<string, string>> = {
  'OpenAI key': LEAKED_KEY,
  'e-mail address': ADDRESS,
};

/** The ticket of the demo: a customer who puts a secret and an address where they do not belong. */
export const TICKET: Ticket = {
  id: 'T-4711',
  customer: 'C-88',
  invoice: 'INV-2041',
  text:
    `I was charged twice for invoice INV-2041. My API key ${LEAKED_KEY} stopped working as well. ` +
    `Please refund the second charge and write to ${ADDRESS}.`,
};
