import { posix } from 'node:path';
import type { PackedFiles } from './packed-files.ts';

/** Links of Markdown, inline and by reference, and of HTML. */
const LINKS = [
  /\]\(\s*<?([^)>\s]+)>?(?:\s+["'(][^)]*)?\)/g,
  /^\s{0,3}\[[^\]]+\]:\s*<?([^>\s]+)/gm,
  /\b(?:href|src)\s*=\s*["']([^"']+)["']/gi,
];

/** A README is read at the registry and in `node_modules`, where nothing lies beside the package: links that lead out of it are dead. */
export function readmeProblems({ files }: PackedFiles): readonly string[] {
  const readme = files.get('README.md') ?? '';
  const prose = withoutCode(readme);
  const anchors = anchorsOf(readme);
  const problems: string[] = [];
  for (const pattern of LINKS)
    for (const [, link = ''] of prose.matchAll(pattern)) {
      if (/^[a-z][a-z0-9+.-]*:/i.test(link)) continue;
      const [path = '', anchor = ''] = link.split('#');
      if (path === '' && !anchors.has(anchor))
        problems.push(`README.md links ${link}, and has no such heading`);
      if (path !== '' && !files.has(posix.join('.', path)))
        problems.push(
          `README.md links ${link}, which is not in the package: name the package, or the file of the repository, without a link`,
        );
    }
  return problems;
}

/** Fenced blocks and code spans hold text, no links. */
function withoutCode(markdown: string): string {
  return withoutFences(markdown).replace(/`[^`\n]*`/g, 'code');
}

/** As the hosts of READMEs make them of headings. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const headings = withoutFences(markdown).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm);
  return new Set(
    [...headings].map(([, text = '']) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    ),
  );
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1[^\n]*$/gm, '');
}
