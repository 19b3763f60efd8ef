import type { KeyRules } from '../keys/key-rules.ts';
import { isPairedSecret } from '../keys/paired-value.ts';
import type { Detector } from './detector.ts';
import { isPlaceholder } from './placeholder-value.ts';

const VALUE = /[^\s"'`\\]{4,256}/y;
const OUTPUT = /([\w-]{1,64})::([^\s"'`\\]{4,256})/y;

/** What a workflow of GitHub asks to hide in its log, or hands on under a name: `::add-mask::…`. */
export function workflowCommand(rules: KeyRules): Detector {
  return {
    kind: 'sensitive_key',
    preset: 'secrets',
    anchors: ['::add-mask::', '::set-output name='],
    find(scan, start, end) {
      const { text } = scan;
      const isOutput = text.charCodeAt(end - 1) === 61;
      const pattern = isOutput ? OUTPUT : VALUE;
      pattern.lastIndex = end;
      const match = pattern.exec(text);
      if (match === null) return false;
      const to = pattern.lastIndex;
      const from = to - (isOutput ? match[2]! : match[0]).length;
      if (isPlaceholder(text, from, to)) return false;
      if (isOutput && !isPairedSecret(rules.decide(match[1]!), text, from, to)) return false;
      return scan.found('sensitive_key', from, to);
    },
  };
}
