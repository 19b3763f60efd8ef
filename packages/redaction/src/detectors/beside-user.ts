/** `user: 'ops', `, `user "ops" `: what stands directly before the name of a password. */
const USER =
  /\b(?:user(?:name)?|login|account)\\{0,3}["']?\s{0,2}(?:[:=]|=>)?\s{0,2}\\{0,3}["'][^"'\n\\]{1,64}\\{0,3}["'],?\s{0,24}\\{0,3}["']?$/i;
const REACH = 128;

/** Whether the name that starts at `start` follows a user, so that `pass` is short for a password. */
export function isBesideUser(text: string, start: number): boolean {
  return USER.test(text.slice(Math.max(0, start - REACH), start));
}
