/** What Ansible prints in place of a secret. */
const NOT_LOGGED = /^(?:VALUE_SPECIFIED_IN_NO_LOG_PARAMETER|NOT_LOGGING_(?:PASSWORD|PARAMETER))$/;
/** `your-key-here` */
const YOURS = /^your[-_ ](?:[a-z]{1,16}[-_ ]){0,4}[a-z]{1,16}$/i;
const LEAST = 8;
const LONGEST = 64;
const INITIALS = 'yYVN';

/** Whether the value stands in for a secret, as tools and manuals write it: `your-key-here`. */
export function isStandIn(text: string, from: number, to: number): boolean {
  if (to - from < LEAST || to - from > LONGEST || !INITIALS.includes(text[from]!)) return false;
  const value = text.slice(from, to);
  return YOURS.test(value) || NOT_LOGGED.test(value);
}
