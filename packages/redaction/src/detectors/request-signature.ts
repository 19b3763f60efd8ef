import { BASE62 } from '../engine/characters.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** The part of an `Authorization: AWS4-HMAC-SHA256` or `Digest` header that proves the secret. */
export const signatureHeader: Detector = {
  kind: 'request_signature',
  preset: 'secrets',
  anchors: ['AWS4-HMAC-SHA256'],
  find(scan, _start, end) {
    const reach = scan.text.slice(end, end + 512);
    const at = reach.indexOf('Signature=');
    if (at < 0) return false;
    const from = end + at + 10;
    const to = scan.runEnd(BASE62, from);
    // Not `found`: the id of the access key stands before it, and the pass must not skip that.
    if (to - from >= 32) scan.alsoFound('request_signature', from, to);
    return false;
  },
};

export const signatureHeaderExamples: DetectorExamples = {
  finds: ['AWS4-HMAC-SHA256 SignedHeaders=host, Signature=<<{hex:64}>>'],
  leaves: ['AWS4-HMAC-SHA256 is the algorithm', 'Signature=sha256'],
};
