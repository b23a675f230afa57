import { readFileSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';
import { house } from '../../lib/runtime-function.ts';

/**
 * The SDK's schemas have computed keys, `{ [_xN]: "volumeSet" }` with `const _xN = "xmlName"`, which esbuild has to keep
 * because a key might do something when it is computed. With the constants written in their place it can leave out every
 * shape that no command in the bundle uses, of EC2 some 97 %.
 */
export function withPlainKeys(schemas: string): string {
  const constants = new Map(
    [...schemas.matchAll(/^const (?<name>_\w+) = (?<value>"[^"]*");$/gm)].map(({ groups = {} }) => [
      groups['name'],
      groups['value'],
    ]),
  );
  return schemas.replace(/\[(_\w+)\]:/g, (computed, name: string) => {
    const value = constants.get(name);
    return value === undefined ? computed : `${value}:`;
  });
}

const plainKeys: Plugin = {
  name: 'plain-keys',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[/]schemas_\d+[.]js$/ }, ({ path }) => ({
      contents: withPlainKeys(readFileSync(path, 'utf8')),
      loader: 'js',
    })),
};

/** Bundled as the stack does it, and with plain keys: CDK's NodejsFunction runs esbuild's command line, which takes no plugin. */
export async function prunedBundle(entry: string, outfile: string): Promise<void> {
  const { mainFields, banner, format, target, minify, keepNames, esbuildArgs } = house.bundling;
  const [replaced = '', by = ''] = esbuildArgs['--alias'].split('=');
  await build({
    absWorkingDir: house.projectRoot,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format,
    target,
    mainFields,
    minify,
    keepNames,
    banner: { js: banner },
    alias: { [replaced]: by },
    plugins: [plainKeys],
    logLevel: 'error',
  });
}
