import { isNoPassword } from '../keys/no-password.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { isPlaceholder } from './placeholder-value.ts';

/** What writes the password in the command, and its last word. */
const WRITER =
  /["'\]]{0,2}\s{0,2}[=:, ]\s{0,2}[^\n;|]{0,48}?\b(?:echo|printf|print)(?:[ \t]+-[a-z]{1,3}){0,2}(?:[ \t]+\\{0,3}["']%s(?:\\{1,2}n)?\\{0,3}["'])?[ \t]+(?:\\{0,3}["']([^"'\n\\]{1,128})|([^\s"'\\,\])}]{1,128}))/dy;

const HYPHEN = 45;
const PASSWORD = /passwor$/i;

/** `--password-command "echo …"`, `credential_command: echo …`: a program that is told how to ask for the password. */
export const passwordCommand: Detector = {
  kind: 'command_password',
  preset: 'secrets',
  level: 'likely',
  anchors: [
    'd-command',
    'passcommand',
    'pass-command',
    'passcmd',
    'pass-cmd',
    'passwordeval',
    'askpass',
  ],
  insideWord: true,
  find(scan, start, end) {
    if (
      scan.code(start + 1) === HYPHEN &&
      !PASSWORD.test(scan.text.slice(Math.max(0, start - 7), start))
    )
      return false;
    WRITER.lastIndex = end;
    const match = WRITER.exec(scan.text);
    scan.work += match?.[0].length ?? 1;
    const place = match?.indices?.[1] ?? match?.indices?.[2];
    if (place === undefined) return false;
    const [from, to] = place;
    if (isPlaceholder(scan.text, from, to) || isNoPassword(scan.text, from, to)) return false;
    scan.alsoFound('command_password', from, to);
    return false;
  },
};

export const passwordCommandExamples: DetectorExamples = {
  finds: [
    'restic --password-command "echo <<letmein>>" backup',
    "RESTIC_PASSWORD_COMMAND='echo -n <<letmein>>'",
    `BORG_PASSCOMMAND='echo "<<let me in>>"'`,
    'passwordeval "echo <<letmein>>"',
    '["--password-command","echo <<letmein>>"]',
  ],
  leaves: [
    'restic --password-command "pass show restic"',
    'BORG_PASSCOMMAND="cat /run/secrets/borg"',
    'password-command: echo "$PASS"',
    'GIT_ASKPASS=/bin/echo',
  ],
};
