import { isIn, LOWER } from '../engine/characters.ts';

/**
 * Starts of what is public by design, and stands in every page that uses it, or only names something: publishable keys of
 * Stripe, Mapbox, Supabase, PostHog and Langfuse, sessions of Stripe's checkout, names of resources in clouds.
 */
const PUBLIC_STARTS: readonly string[] = [
  'pk_live_',
  'pk_test_',
  'pk.eyJ',
  'sb_publishable_',
  'phc_',
  'pk-lf-',
  'cs_live_',
  'cs_test_',
  'arn:aws',
];

/** Whether the value at `from` is no secret, whatever its name says. */
export function isPublicValue(text: string, from: number): boolean {
  // What they start with: nearly all values need no other look.
  if (!isIn(LOWER, text.charCodeAt(from)) || !'psca'.includes(text.charAt(from))) return false;
  return PUBLIC_STARTS.some((start) => text.startsWith(start, from));
}
