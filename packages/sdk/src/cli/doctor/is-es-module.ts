import { dirname } from 'node:path';
import { foldersUp } from '../look-upwards.ts';
import { manifestIn } from './installed-packages.ts';

const SYNTAX = /^\s*(?:import|export)\b(?!\s*\()/m;

/** Whether Node.js runs a file as an ES module. Sources of TypeScript in a package that does not say so become CommonJS. */
export function isEsModule(file: string, code: string): boolean {
  const [, letter, language] = /\.([cm]?)([jt])sx?$/.exec(file) ?? [];
  if (letter === 'm' || letter === 'c') return letter === 'm';
  for (const folder of foldersUp(dirname(file))) {
    const manifest = manifestIn(folder);
    if (manifest === undefined) continue;
    if (manifest.type !== undefined) return manifest.type === 'module';
    break;
  }
  return language === 'j' && SYNTAX.test(code);
}
