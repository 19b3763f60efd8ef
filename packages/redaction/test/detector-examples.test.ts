// Each detector brings the texts that show what it does: they are run here, with every preset, level and group on.
import { describe, expect, test } from 'vitest';
import { authorizationCodeExamples } from '../src/detectors/authorization-code.ts';
import { commandPasswordExamples } from '../src/detectors/command-password.ts';
import { cookieJarExamples } from '../src/detectors/cookie-jar.ts';
import type { DetectorExamples } from '../src/detectors/detector.ts';
import { insertStatementExamples } from '../src/detectors/insert-statement.ts';
import { passwordFileExamples } from '../src/detectors/password-file.ts';
import { createRedactor } from '../src/index.ts';
import { Draw } from './corpus/draw.ts';

const all: Readonly<Record<string, DetectorExamples>> = {
  authorization_code: authorizationCodeExamples,
  command_password: commandPasswordExamples,
  password_file: passwordFileExamples,
  sensitive_key: insertStatementExamples,
  session_cookie: cookieJarExamples,
};

const ROUNDS = 20;
const redactor = createRedactor({
  version: 1,
  presets: ['strict'],
  detectors: { add: ['national_ids', 'crypto', 'location'] },
});

describe.each(Object.entries(all))('%s', (kind, { finds, leaves }) => {
  test.each(finds)('%s goes', (form) => {
    const draw = new Draw(61);
    for (let round = 0; round < ROUNDS; round++) {
      const filled = draw.form(form);
      const text = filled.replaceAll(/<<|>>/g, '');
      const masked = filled.includes('<<')
        ? filled.replaceAll(/<<.+?>>/gs, `[REDACTED:${kind}]`)
        : `[REDACTED:${kind}]`;

      expect(redactor.redact(text)).toBe(masked);
    }
  });

  test.each(leaves)('%s stays', (form) => {
    const draw = new Draw(62);
    for (let round = 0; round < ROUNDS; round++) {
      const text = draw.form(form);

      expect(redactor.explain(text).filter((found) => found.kind === kind)).toEqual([]);
    }
  });
});
