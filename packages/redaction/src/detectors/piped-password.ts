import type { Scan } from '../engine/scan.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { isPlaceholder, placeholderEnd } from './placeholder-value.ts';

/** How far before a command the pipe is looked for, and before that what writes into it. */
const NEAR = 96;
const REACH = 320;
/** What writes its arguments, with its options and a format: the last argument is the password. */
const WRITER =
  /(?:^|[\s;&|("'`{])(?:echo|printf|print|write-output|write-host)(?:[ \t]+-[a-z]{1,3}){0,2}(?:[ \t]+\\{0,3}["']%s(?:\\{1,2}n)?\\{0,3}["'])?[ \t]+(?:\\{0,3}(["'])([^\n]{1,256}?)\\{0,3}\1|([^\s"'|]{1,256}))[ \t]*$/i;
/** A text in quotes is written by PowerShell without a command. */
const QUOTED = /(?:^|[\n;&(]|> )[ \t]*(["'])([^"'\n]{1,256})\1[ \t]*$/;
const HERE_TEXT =
  /[^\n|;&<]{0,128}<<<[ \t]{0,4}(?:\\{0,3}(["'])([^\n]{1,256}?)\\{0,3}\1|([^\s"'|;&<>]{1,256}))/y;

/** What reads a password from its input. */
const READERS =
  '--password-stdin,--with-token,--stdin,--passphrase-fd,-passin stdin,-pass stdin,sudo -s,su -,su root,' +
  'chpasswd,smbpasswd,kinit,mkpasswd,cryptsetup,vault login,npm login,pass insert,kubeseal,' +
  'ansible-vault,secret create,secrets create,secret put,secret set,secrets set,versions add';

/** `echo … | docker login --password-stdin`, `sudo -S … <<< …`: what a command reads that asks for a password. */
export const pipedPassword: Detector = {
  kind: 'command_password',
  preset: 'secrets',
  level: 'likely',
  anchors: READERS.split(','),
  find(scan, start, end) {
    const isAccount = scan.text.startsWith('chpasswd', start);
    if (scan.nextOf('<<<', 0) < scan.length) findHere(scan, end, isAccount);
    if (scan.nextOf('|', 0) < start) findPiped(scan, start, isAccount);
    return false;
  },
};

function findPiped(scan: Scan, start: number, isAccount: boolean): void {
  const { text } = scan;
  const near = text.slice(Math.max(0, start - NEAR), start);
  scan.work += near.length;
  const bar = near.lastIndexOf('|');
  if (bar < 0 || /[\n;]/.test(near.slice(bar))) return;
  // What was written stands between the last command before the bar and the bar.
  const to = start - near.length + bar;
  const left = text.slice(Math.max(0, to - REACH), to);
  const cut = Math.max(left.lastIndexOf('\n'), left.lastIndexOf('|')) + 1;
  const command = left.slice(cut);
  scan.work += command.length;
  const match = WRITER.exec(command) ?? QUOTED.exec(command);
  if (match !== null) note(scan, match, to - command.length + match.index, isAccount);
}

function findHere(scan: Scan, end: number, isAccount: boolean): void {
  HERE_TEXT.lastIndex = end;
  scan.work += 128;
  const match = HERE_TEXT.exec(scan.text);
  if (match !== null) note(scan, match, match.index, isAccount);
}

function note(scan: Scan, match: RegExpExecArray, at: number, isAccount: boolean): void {
  const value = match[2] ?? match[3] ?? '';
  const from = at + match[0].lastIndexOf(value);
  // Behind a placeholder, which has a colon as well.
  const user = Math.max(0, placeholderEnd(value, 0));
  const start = isAccount ? from + value.indexOf(':', user) + 1 : from;
  const to = from + value.length;
  if (start < to && !isPlaceholder(scan.text, start, to))
    scan.alsoFound('command_password', start, to);
}

export const pipedPasswordExamples: DetectorExamples = {
  finds: [
    'echo <<letmein>> | docker login -u ada --password-stdin',
    'echo "<<let me in>>" | docker login --username ada --password-stdin reg.example.com',
    "printf '%s' '<<letmein>>' | docker login -u ada --password-stdin",
    'echo <<letmein>> | gh auth login --with-token',
    'echo "root:<<letmein>>" | sudo chpasswd',
    'set -e; echo -n <<letmein>> | sudo -S apt update',
    "PS> '<<letmein>>' | docker login --password-stdin",
  ],
  leaves: [
    'echo $TOKEN | docker login -u ada --password-stdin',
    'echo "$DB_PASSWORD" | sudo -S apt update',
    'cat token.txt | docker login --password-stdin',
    'docker login --password-stdin < token.txt',
    'echo hello | base64; sudo -S ls',
    'echo done\nls | sudo -S tee x',
  ],
};
