import { aiServiceTokens } from '../detectors/ai-service-tokens.ts';
import { businessServiceTokens } from '../detectors/business-service-tokens.ts';
import { cloudTokens } from '../detectors/cloud-tokens.ts';
import { type Alphabet, isIn } from '../engine/characters.ts';

/** A token that is known by how it starts, for programs that know regular expressions only. */
export interface TokenPattern {
  /** `openai_api_key` */
  readonly kind: string;
  /** The source of a regular expression that JavaScript and RE2 read alike. */
  readonly pattern: string;
}

/**
 * The formats of tokens that the preset `secrets` knows by their beginning. Left out are those that ordinary words start
 * like, which are told apart by how random the rest looks: no regular expression can say that.
 */
export function tokenPatterns(): readonly TokenPattern[] {
  return [...aiServiceTokens, ...cloudTokens, ...businessServiceTokens]
    .filter(({ random }) => random !== true)
    .map(({ kind, prefixes, body, min }) => {
      const starts = prefixes.map((prefix) =>
        prefix.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`),
      );
      const start = starts.length === 1 ? starts[0] : `(?:${starts.join('|')})`;
      return { kind, pattern: String.raw`\b${start}[${classOf(body)}]{${min},}` };
    });
}

/** The inside of a character class: ranges where three or more follow each other. */
function classOf(alphabet: Alphabet): string {
  let ranges = '';
  for (let code = 33; code < 127; code++) {
    if (!isIn(alphabet, code)) continue;
    let last = code;
    while (isIn(alphabet, last + 1)) last++;
    const first = escaped(code);
    ranges +=
      last - code < 2 ? first + (last > code ? escaped(last) : '') : `${first}-${escaped(last)}`;
    code = last;
  }
  return ranges;
}

function escaped(code: number): string {
  return String.fromCharCode(code).replace(/[\\\]^/-]/, String.raw`\$&`);
}
