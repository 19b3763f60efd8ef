import { isIn, LETTERS, URL64 } from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import { behind } from './behind-pattern.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { SENSITIVE_KEY } from './sensitive-key.ts';

const LEAST = 20;
/** What a word goes on with behind its anchor: `/invit` and `ation`. */
const LONGEST_ENDING = 12;
/** Names of pages that a link in a mail leads to, with what may stand behind them before the token. */
const PAGE =
  /(?:[-_](?:password|email|account|link|user|address|login|subscription))?\/(?:(?:confirm|complete|new|edit|verify|token|accept|callback)\/)?(?=[\w-]{20})|(?:[-_]link)?\/?\?(?:t|k|c|h|key|hash|id)=(?=[\w-]{20})/iy;
const UUID = /^[\da-f]{8}-[\da-f]{4}-/i;

/**
 * The token in the path of a link that was sent to one person: `/reset-password/…`, `/invite/…`. Whoever has it may do what
 * the person may.
 */
export const pathToken: Detector = {
  kind: SENSITIVE_KEY,
  preset: 'secrets',
  level: 'likely',
  // With a slash behind those that stand in many words: `confirm`, `activate`.
  anchors: [
    '/reset',
    '-reset',
    '/invit',
    '/verif',
    '/magic',
    '/unlock',
    'firmation/',
    'firm/',
    'ivation/',
    'ctivate/',
    'ctivate-',
    'onfirm-',
    '/unsub',
    '/login-link',
    '/passwordless',
  ],
  insideWord: true,
  find(scan, _start, end) {
    const { text } = scan;
    let at = text[end - 1] === '/' ? end - 1 : end;
    // `/invite`, `/invitation`, `/activate`
    while (at < end + LONGEST_ENDING && scan.is(LETTERS, at)) at++;
    const from = behind(PAGE, scan, at);
    if (from < 0) return false;
    const to = scan.runEnd(URL64, from);
    if (to - from < LEAST || isIn(URL64, scan.code(to))) return false;
    if (UUID.test(text.slice(from, from + 14)) || !looksRandom(text, from, to)) return false;
    return scan.found(SENSITIVE_KEY, from, to);
  },
};

export const pathTokenExamples: DetectorExamples = {
  finds: [
    'GET /reset-password/<<{b62:40}>>?email=x',
    'http.target=/password/reset/<<{hex:64}>>',
    '/invite/<<{b62:40}>>',
    '/magic?t=<<{b62:40}>>',
    '/users/confirmation/<<{b62:32}>>',
    '/auth/magic-link/<<{b62:32}>>',
    'https://app.example/activate/<<{b62:32}>>',
    'https://app.example/account/activate/<<{hex:40}>>.',
    '/activate-account/<<{b62:40}>>',
    '/confirm-email/<<{b62:40}>>',
    '/confirm-subscription/<<{hex:40}>>',
    '/unsubscribe/<<{url64:43}>>',
    '/unsub/<<{b62:32}>>',
    '/login-link/<<{b62:40}>>',
    '/passwordless/<<{b62:40}>>',
    '/verify-email/<<{b62:32}>>/done',
  ],
  leaves: [
    '/reset/all',
    '/verify/identity-of-the-customer-account',
    '/invite/7f9c24e8-3b12-4fef-91a3-1b2c3d4e5f60',
    '/confirm/{number}',
    '/resets/{hex:12}',
    '/activate/7f9c24e8-3b12-4fef-91a3-1b2c3d4e5f60',
    '/activate/premium-features-of-the-account',
    '/deactivate/{digit:24}',
    '/activate/{digit:20}',
    '/unsubscribe/newsletter-of-the-engineering-blog',
    '/confirm-booking/order-2026-11-20-for-the-team',
    '/activities/{hex:40}',
    '/orders/{b62:32}/activate',
  ],
};
