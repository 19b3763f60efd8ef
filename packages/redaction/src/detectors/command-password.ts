import { VALUE_STOPS } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import { looksRandom } from '../engine/looks-random.ts';
import { looksLikePassword } from '../keys/secret-value.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { isPlaceholder } from './placeholder-value.ts';

/** Longest part of a command that is looked at behind its name. */
const REACH = 256;
const VALUE = String.raw`(?:"([^"\n]{1,128})"|'([^'\n]{1,128})'|([^\s"'|;&]{1,128}))`;

/** Which short options of which commands take a password. The long ones have a name that says so. */
const commands: Readonly<Record<string, RegExp>> = {
  sshpass: option('-p ?'),
  mysql: option('-p'),
  mariadb: option('-p'),
  'redis-cli': option('(?:-a|--pass) '),
  mongosh: option('-p '),
  'docker login': option('-p '),
  'podman login': option('-p '),
  'helm registry login': option('-p '),
  ldapsearch: option('-w '),
  smbclient: option('-U [^%\\s]{1,64}%'),
  rsync: option('--password-file=-'),
  curl: option(
    String.raw`(?:(?:-u|--user|-U|--proxy-user)[ =]["']?(?!\[REDACTED)[^\s:"']{1,64}:|(?:-b|--cookie) )`,
  ),
};

/** Here the option means nothing else, so that a password of letters goes too. */
const unmistakable: ReadonlySet<string> = new Set(['sshpass', 'redis-cli']);
const LEAST = 6;

function option(text: string): RegExp {
  return new RegExp(String.raw`^[^\n|;&]{0,${REACH}}?[ \t]${text}${VALUE}`, 'd');
}

/** `mysql -p…`, `curl -u user:…`, `redis-cli -a …`: what a short option of a command says. */
export const commandPassword: Detector = {
  kind: 'command_password',
  preset: 'secrets',
  level: 'likely',
  anchors: Object.keys(commands),
  find(scan, start, end) {
    const name = scan.text.slice(start, end);
    const pattern = commands[name.toLowerCase()];
    // Up to the next command of that name: no stretch is read twice.
    const limit = Math.min(end + REACH, scan.nextOf(name, end));
    if (pattern === undefined || scan.nextOf(' -', end) > limit) return false;
    scan.work += limit - end;
    const [, ...values] = pattern.exec(scan.text.slice(end, limit))?.indices ?? [];
    const place = values.find((value) => value !== undefined);
    if (place === undefined) return false;
    const from = end + place[0];
    // A long value goes on behind what was looked at; one in quotes ends with them.
    const to = /["']/.test(scan.text.charAt(from - 1))
      ? end + place[1]
      : Math.max(end + place[1], scan.runUntil(VALUE_STOPS, end + place[1]));
    // Not `found`: other things stand between the command and its option.
    const isSure = unmistakable.has(name.toLowerCase()) && to - from >= LEAST;
    if (isSure ? !isPlaceholder(scan.text, from, to) : isPassword(scan, from, to))
      scan.alsoFound('command_password', from, to);
    return false;
  },
};

function isPassword({ text }: Scan, from: number, to: number): boolean {
  if (isPlaceholder(text, from, to) || text.slice(from, to).includes('[REDACTED')) return false;
  return (
    looksLikePassword(text, from, to) || looksRandom(text, from, to) || isPairs(text, from, to)
  );
}

/** Cookies: `session=a8f3…; theme=dark`. */
function isPairs(text: string, from: number, to: number): boolean {
  return /^[\w.-]{1,64}=[^\s;]{12}/.test(text.slice(from, Math.min(to, from + 128)));
}

export const commandPasswordExamples: DetectorExamples = {
  finds: [
    'curl -u admin:<<Winter2024!>> https://ci.example.com/job/build',
    "curl -sS --user 'deploy:<<{b62:16}>>' https://repo.example.com/p.tgz",
    'curl -b "<<session={b62:40}; theme=dark>>" https://app.example.com',
    "sshpass -p '<<{b62:12}>>' ssh root@host uptime",
    'mysql -h db -u root -p<<{b62:16}>> shop < dump.sql',
    'redis-cli -h cache -a <<{b62:20}>> ping',
    'docker login -u acme -p <<{b62:30}>> registry.example.com',
    'curl -u ada:<<{b62:300}>> https://ci.example.com',
  ],
  leaves: [
    'docker run -u 1000:1000 -p 3306:3306 mysql:8.4',
    'curl -u user:pass https://api.example.com',
    'curl -u [REDACTED:github_token]{b62:30} https://api.example.com',
    'curl -u "$USER:$PASS" https://api.example.com',
    'mkdir -p dir1/dir2 && curl https://host/a1b2c3',
    'mysql -h db1 -P 3306 -u app shop',
    'mysql -u root -p shop2024backup < dump.sql',
    'redis-cli -p 6379 ping',
  ],
};
