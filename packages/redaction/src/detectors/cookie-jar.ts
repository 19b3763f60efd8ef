import { placeIn } from './behind-pattern.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** Behind the flag for subdomains: path, flag for TLS, time of expiry, name; then the value. */
const REST = /\/[^\t\n]{0,128}\t(?:TRUE|FALSE)\t\d{1,20}\t[^\t\n]{1,128}\t([^\s]{8,4096})/dy;

/** A line of the file in which `curl`, `wget` and browsers keep cookies: seven fields with tabs between them. */
export const cookieJar: Detector = {
  kind: 'session_cookie',
  preset: 'secrets',
  anchors: ['\ttrue\t', '\tfalse\t'],
  insideWord: true,
  find(scan, _start, end) {
    const value = placeIn(REST, scan, end);
    return value !== undefined && scan.found('session_cookie', ...value);
  },
};

export const cookieJarExamples: DetectorExamples = {
  finds: [
    'example.com\tFALSE\t/\tTRUE\t1795000000\tsession_id\t<<{b62:40}>>',
    '#HttpOnly_.example.com\tTRUE\t/app\tFALSE\t0\tsid\t<<{hex:32}>>\nexample.org\tFALSE\t/\tTRUE\t1\ta\tb',
  ],
  leaves: ['name\tTRUE\t/\tTRUE\tyes\tno', 'a\tFALSE\tb\tTRUE\tc'],
};
