import { readFileSync, writeFileSync } from 'node:fs';

/** Puts a table into the place of the one that begins with the same words. */
export function writeRivalTable(readme: string, table: readonly string[]): void {
  const page = readFileSync(readme, 'utf8');
  const old = /^\| observed by, with .*\n(?:\|.*\n)*/m;
  if (!old.test(page))
    throw new Error(`${readme} has no table that begins with "| observed by, with"`);
  writeFileSync(
    readme,
    page.replace(old, () => `${table.join('\n')}\n`),
  );
}
