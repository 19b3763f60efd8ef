import { VALUE_STOPS } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import { secretArguments } from '../keys/command-options.ts';
import { commandOptions } from '../keys/commands.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** Longest part of a command that is looked at behind its name. The last word may reach beyond. */
const REACH = 256;
/** Programs that have commands: in a list these are the next item. */
const IN_LISTS: readonly string[] = ['docker', 'podman'];
const LEAST_OF_FILE = 8;
const LONGEST_BARE = 128;
const LONGEST_QUOTED = 256;
/** A word of a shell, in quotes or not, or what is seen of it. What ends the command ends the words. */
const WORD =
  /[ \t]{1,16}(?:\\\r?\n[ \t]{0,16})?(?:"((?:[^"\\\n]|\\.){0,256})"|'([^'\n]{0,256})'|["']?([^\s"'|;&<>`]{1,128}))/y;
/** What is one word with an option before it: `--user="ada:…"`, `-p'…'`. */
const QUOTED_TAIL = /"([^"\n]{0,256})"|'([^'\n]{0,256})'/y;
const EXE = /^\.exe$/i;
/** A placeholder is shorter than what it stands for: what is seen now was not part of it. */
const OWN = '[REDACTED';

/** `mysql -p…`, `curl -u user:…`, `redis-cli -a …`: what a short option of a command says. */
export const commandPassword: Detector = {
  kind: 'command_password',
  preset: 'secrets',
  level: 'likely',
  anchors: [
    ...[...commandOptions].map(([name, { isShort }]) => (isShort === true ? `${name} -` : name)),
    ...IN_LISTS,
  ],
  find(scan, start, stop) {
    const { text } = scan;
    // `zip -`: the hyphen is that of the first option.
    const nameEnd = text[stop - 1] === '-' ? stop - 2 : stop;
    const name = text.slice(start, nameEnd);
    const end = EXE.test(text.slice(nameEnd, nameEnd + 4)) ? nameEnd + 4 : nameEnd;
    const next = text[end];
    // An item of a list in JSON: it is read as one.
    if (next === '"' || next === '\\') scan.sawSensitiveKey = true;
    if (next !== ' ' && next !== '\t') return false;
    // Up to the next command of that name: no stretch is read twice.
    const other = scan.nextOf(name, end);
    // `htpasswd -b /etc/.htpasswd`
    const isFile = name.length >= LEAST_OF_FILE && './'.includes(text.charAt(other - 1));
    const limit = Math.min(end + REACH, isFile ? scan.length : other);
    const words = wordsOf(scan, end, limit);
    for (const { index, from, to } of secretArguments(
      name.toLowerCase(),
      words.map((word) => word.text),
    )) {
      const { text: word, from: at } = words[index]!;
      // Not `found`: other things stand between the command and its option.
      if (!word.includes(OWN)) scan.alsoFound('command_password', at + from, at + to);
    }
    return false;
  },
};

interface Word {
  readonly text: string;
  readonly from: number;
}

function wordsOf(scan: Scan, start: number, limit: number): Word[] {
  const { text } = scan;
  const words: Word[] = [];
  for (let at = start; at < limit;) {
    WORD.lastIndex = at;
    const match = WORD.exec(text);
    // A quote that nothing closes is followed as far as one that ends.
    scan.work += match === null ? LONGEST_QUOTED : WORD.lastIndex - at;
    if (match === null) break;
    at = WORD.lastIndex;
    const [, double, single, bare] = match;
    const quoted = double ?? single;
    if (quoted !== undefined || bare === undefined) {
      words.push({ text: quoted ?? '', from: at - (quoted ?? '').length - 1 });
      continue;
    }
    const from = at - bare.length;
    // A long value goes on behind what was looked at.
    if (bare.length === LONGEST_BARE) at = scan.runUntil(VALUE_STOPS, at);
    QUOTED_TAIL.lastIndex = at;
    const tail = /[=:]$|^-\w$/.test(bare) ? QUOTED_TAIL.exec(text) : null;
    if (tail === null) {
      words.push({ text: text.slice(from, at), from });
      continue;
    }
    at = QUOTED_TAIL.lastIndex;
    const value = tail[1] ?? tail[2] ?? '';
    // Without the quote between them: what is looked for stands behind it.
    words.push({ text: bare + value, from: at - 1 - value.length - bare.length });
  }
  return words;
}

export const commandPasswordExamples: DetectorExamples = {
  finds: [
    'curl -u admin:<<Winter2024!>> https://ci.example.com/job/build',
    'curl -u ada:<<letmein>> https://x.example.com',
    'curl --user="ada:<<let me in>>" https://x.example.com',
    "curl -sS --user 'deploy:<<{b62:16}>>' https://repo.example.com/p.tgz",
    'curl -b "<<session={b62:40}; theme=dark>>" https://app.example.com',
    "sshpass -p '<<{b62:12}>>' ssh root@host uptime",
    'sshpass -p<<letmein>> ssh root@host uptime',
    'mysql -h db -u root -p<<{b62:16}>> shop < dump.sql',
    'mysqldump -uroot -p<<letmein>> shop',
    'redis-cli -h cache -a <<{b62:20}>> ping',
    'docker login -u acme -p <<{b62:30}>> registry.example.com',
    'curl -u ada:<<{b62:300}>> https://ci.example.com',
    'mongosh -u ada -p <<letmein>> --host db',
    'ldapsearch -x -D cn=admin -w <<letmein>> -b dc=example',
    'smbclient //files/share -U ada%<<letmein>>',
    'sqlcmd -S db -U sa -P <<letmein>> -Q "select 1"',
    'sqlplus scott/<<letmein>>@db',
    'htpasswd -b /etc/nginx/.htpasswd ada <<letmein>>',
    'net user ada <<letmein>> /add',
    'keytool -list -keystore a.jks -storepass <<letmein>>',
    'xfreerdp /u:ada /p:<<letmein>> /v:host',
    String.raw`PsExec64.exe \\srv01 -u ada -p <<letmein>> cmd`,
  ],
  leaves: [
    'docker run -u 1000:1000 -p 3306:3306 mysql:8.4',
    'curl -u user:pass https://api.example.com',
    'curl -u [REDACTED:github_token]{b62:30} https://api.example.com',
    'curl -u "$USER:$PASS" https://api.example.com',
    'curl -u ada https://x.example.com',
    'mkdir -p dir1/dir2 && curl https://host/a1b2c3',
    'mysql -h db1 -P 3306 -u app shop',
    'mysql -u root -p shop2024backup < dump.sql',
    'redis-cli -p 6379 ping',
    'mongosh -p --host db',
    'docker login --password-stdin registry.example.com',
    'the mysql client -protocol is old',
    'sqlplus / as sysdba',
    'htpasswd -c /etc/nginx/.htpasswd ada',
    'net user ada /delete',
    'net user ada',
  ],
};
