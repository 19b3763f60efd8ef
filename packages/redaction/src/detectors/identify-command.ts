import { isNoPassword } from '../keys/no-password.ts';
import { placeIn } from './behind-pattern.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { isPlaceholder } from './placeholder-value.ts';

/** `!identify`, `/ns identify`, `NickServ IDENTIFY`, `PRIVMSG NickServ :IDENTIFY`, up to the word. */
const ASKED = /(?:^|[\s"'>])(?:[!.]|\/(?:ns|nickserv) |(?:nickserv|authserv|q@\S{1,32}) :?)$/i;
const WORDS = /[ \t]{1,4}(?:[^\s"']{1,64}[ \t]{1,4})?([^\s"']{3,128})(?=[ \t]*(?:$|[\r\n"'\\]))/dy;
/** `WIFI:S:net;T:WPA;P:…;;`, as a QR code holds it. */
const WIFI = /(?:[STHI]:(?:[^;\\]|\\.){0,64};){0,4}P:((?:[^;\\]|\\.){1,64});/dy;

/** Passwords as chats and QR codes carry them. */
export const identifyCommand: Detector = {
  kind: 'command_password',
  preset: 'secrets',
  anchors: ['identify', 'wifi:'],
  find(scan, start, end) {
    const { text } = scan;
    const isWifi = text[end - 1] === ':';
    if (!isWifi && !ASKED.test(text.slice(Math.max(0, start - 48), start))) return false;
    const place = placeIn(isWifi ? WIFI : WORDS, scan, end);
    scan.work += 1;
    if (place === undefined) return false;
    const [from, to] = place;
    if (isPlaceholder(text, from, to) || isNoPassword(text, from, to)) return false;
    return scan.found('command_password', from, to);
  },
};

export const identifyCommandExamples: DetectorExamples = {
  finds: [
    '/msg NickServ IDENTIFY ada <<letmein>>',
    '14:22 <ada> !identify <<letmein>>',
    'PRIVMSG NickServ :IDENTIFY <<letmein>>\r\n',
    'WIFI:S:desk;T:WPA;P:<<let me in>>;;',
  ],
  leaves: [
    'we identify the user',
    'You must identify yourself first',
    'WiFi: on, 5 GHz',
    'wifi:S:x;;',
  ],
};
