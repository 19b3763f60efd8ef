import type { Scan } from '../engine/scan.ts';
import { placeIn } from './behind-pattern.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** Lines that are followed behind the command. */
const MOST_LINES = 6;
/** One line, which may be an escape of the text around. */
const LINE = /(?:\r?\n|\\r\\n|\\n)([^\r\n\\"]{0,512})/dy;
const REST = /[^\r\n\\"]{0,512}/y;
/** What a log puts in front of what the client and the server say. */
const CLIENT =
  /^(?:[Cc](?:lient)?:|-{0,2}>{1,3}|send:)?[ \t]{0,4}([A-Za-z\d+/]{4,512}={0,2})[ \t]*$/d;
const SERVER = /^(?:[Ss](?:erver)?:|<{1,3}-{0,2}|reply:|recv:)?[ \t]{0,4}(?:334|\+)(?:[ \t]|$)/;
/** The proof of a client in SCRAM, behind what it says of the channel and its nonce. */
const PROOF =
  /[A-Za-z\d+/=]{0,512},r=[^,\s"']{1,256},(?:[^,\s"']{1,64},){0,2}p=([A-Za-z\d+/]{16,128}={0,2})/dy;
/** Commands of MongoDB. */
const PAYLOAD =
  /[^\n]{0,160}?\bpayload\\{0,7}["']?\s{0,4}[:=]\s{0,4}(?:(?:BinData|Binary)\((?:\d, ?)?|Binary\.createFromBase64\(|\{\s{0,4}\\{0,7}["']\$binary\\{0,7}["']\s{0,4}:\s{0,4}(?:\{\s{0,4}\\{0,7}["']base64\\{0,7}["']\s{0,4}:\s{0,4})?)?\\{0,7}["']([A-Za-z\d+/]{8,512}={0,2})/dy;

/** What a client says when it logs in, on the lines behind the command: SASL PLAIN, LOGIN, CRAM-MD5 and SCRAM. */
export const saslMessage: Detector = {
  kind: 'command_password',
  preset: 'secrets',
  level: 'likely',
  anchors: [
    ...['auth', 'authenticate'].flatMap((command) =>
      ['plain', 'login', 'cram-md5', 'xoauth2', 'scram-'].map((name) => `${command} ${name}`),
    ),
    'c=biws,',
    'c=cd10',
    'c=eswsp',
    'saslstart',
    'saslcontinue',
  ],
  find(scan, start, end) {
    const second = scan.code(start + 1);
    if (second === 61) return note(scan, PROOF, end - 1);
    // `saslStart`
    if ((scan.code(start) | 32) === 115) return note(scan, PAYLOAD, end);
    let at = lineEnd(scan, end);
    for (let count = 0; count < MOST_LINES; count++) {
      LINE.lastIndex = at;
      const line = LINE.exec(scan.text);
      if (line === null) break;
      scan.work += line[0].length;
      at = LINE.lastIndex;
      const said = line[1]!;
      if (SERVER.test(said)) continue;
      const place = CLIENT.exec(said)?.indices?.[1];
      if (place === undefined || (place[1] - place[0]) % 4 !== 0) break;
      const from = line.indices![1]![0];
      scan.alsoFound('command_password', from + place[0], from + place[1]);
    }
    return false;
  },
};

/** Where the line of the command ends, which may be an escape. */
function lineEnd(scan: Scan, from: number): number {
  REST.lastIndex = from;
  REST.test(scan.text);
  scan.work += REST.lastIndex - from;
  return REST.lastIndex;
}

function note(scan: Scan, pattern: RegExp, at: number): boolean {
  const place = placeIn(pattern, scan, at);
  scan.work += 1;
  if (place !== undefined) scan.alsoFound('command_password', ...place);
  return false;
}

export const saslMessageExamples: DetectorExamples = {
  finds: [
    'C: A1 AUTHENTICATE PLAIN\nS: +\nC: <<AGFkYQBsZXRtZWlu>>\nS: A1 OK',
    'AUTH LOGIN\r\n334 VXNlcm5hbWU6\r\n<<YWRh>>\r\n334 UGFzc3dvcmQ6\r\n<<bGV0bWVpbg==>>\r\n235 ok',
    'c=biws,r=fyko+d2lbbFgONRv9qkx,p=<<v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=>>',
    'x {"saslStart":1,"mechanism":"PLAIN","payload":"<<AGFkYQBsZXRtZWlu>>"} y',
  ],
  leaves: [
    '250-AUTH LOGIN PLAIN\n250 HELP',
    'AUTH LOGIN\n235 ok',
    'c=biws,r=abc',
    'saslStart failed: payload missing',
  ],
};
