import { usualColumns as columns, hanging, wrap } from '../render/wrap.ts';
import { type OptionHelp, optionLines } from './command-options.ts';

/** What `--help` of a command says, without its layout. */
interface Usage {
  /** What to type, a line each. */
  readonly usage: readonly string[];
  /** Sentences of one paragraph. */
  readonly about: readonly string[];
  readonly options: OptionHelp;
  /** Below the options, each after its name, e.g. `reads with`. */
  readonly notes?: Readonly<Record<string, string>>;
  readonly exitCodes: Readonly<Record<0 | 1 | 2, string>>;
}

/** Whole, with the end of its last line; no line is wider than a terminal unless a word is. */
export function usageText({ usage, about, options, notes = {}, exitCodes }: Usage): string {
  const paragraphs = [
    usage.flatMap((line, index) => hanging(index === 0 ? 'usage: ' : '       ', line, columns)),
    wrap(about.join(' '), columns),
    optionLines(options, columns),
    ...Object.entries(notes).map(([name, text]) => hanging(`${name}: `, text, columns)),
    [
      ...hanging('exit code: 0 ', `${exitCodes[0]},`, columns),
      ...hanging('           1 ', `${exitCodes[1]},`, columns),
      ...hanging('           2 ', exitCodes[2], columns),
    ],
  ];
  return paragraphs.map((lines) => `${lines.join('\n')}\n`).join('\n');
}
