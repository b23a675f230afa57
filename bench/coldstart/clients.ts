import type { Metafile } from 'esbuild';

/** Services by the name of their package, e.g. `ec2` of `@aws-sdk/client-ec2`, with those of our files that import them. */
export type BundledClients = ReadonlyMap<string, readonly string[]>;

/** The SDK keeps some clients inside another package, for its own search for credentials. */
const clientPath =
  /node_modules\/@aws-sdk\/(?:client-(?<service>[^/]+)|nested-clients\/dist-es\/submodules\/(?<nested>[^/]+))\//;

const serviceOf = (path: string): string | undefined => {
  const { service, nested } = clientPath.exec(path)?.groups ?? {};
  return service ?? (nested === undefined ? undefined : `nested ${nested}`);
};

const isOurs = (path: string): boolean => !path.includes('node_modules/');

/** Paths of which something is in the bundle, from the folder where it was made. */
const inputsOf = ({ outputs }: Metafile): readonly string[] => {
  const [bundle] = Object.values(outputs).filter(({ entryPoint }) => entryPoint !== undefined);
  if (bundle === undefined) throw new Error('the metafile names no bundle with an entry point');
  return Object.entries(bundle.inputs).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [path] : [],
  );
};

/** Our own source files in the bundle. */
export const ownInputsOf = (metafile: Metafile): readonly string[] => inputsOf(metafile).filter(isOurs);

export function bundledClients(metafile: Metafile): BundledClients {
  const inputs = inputsOf(metafile);
  const services = [...new Set(inputs.flatMap((path) => serviceOf(path) ?? []))].sort();
  const importersOf = (service: string) =>
    inputs.filter(
      (path) =>
        isOurs(path) &&
        metafile.inputs[path]?.imports.some((imported) => serviceOf(imported.path) === service),
    );
  return new Map(services.map((service) => [service, importersOf(service)]));
}

const construction = /(?:\bconnect\(|\bnew )\s*(?<client>\w+Client)\b/g;
const clientImport = /import \{(?<names>[^}]*)\} from '@aws-sdk\/client-(?<service>[^']+)'/g;

/** The services whose client the sources construct: by `connect(XClient)`, as wiring does, or by `new`. */
export function constructedClients(sources: readonly string[]): readonly string[] {
  const services = sources.flatMap((source) => {
    const imported = [...source.matchAll(clientImport)].map(({ groups }) => groups ?? {});
    return [...source.matchAll(construction)].flatMap(({ groups: { client = '' } = {} }) =>
      imported.flatMap(({ names = '', service = '' }) =>
        names.split(',').some((name) => name.trim() === client) ? [service] : [],
      ),
    );
  });
  return [...new Set(services)].sort();
}

const exportPath =
  /@aws-sdk\/client-(?<service>[^/]+)\/dist-es\/(?:commands\/(?<command>\w+)|pagination\/(?<paginator>\w+)Paginator|(?<client>\w+Client))\.js$/;
/** Comes with its client, which does not export it. */
const comesAlong = new Set(['DescribeEndpointsCommand']);

/** A handler that makes the bundle's clients at load, knows its commands and does nothing. */
export function bareHandler(metafile: Metafile): string {
  const exported = inputsOf(metafile).flatMap((path) => {
    const { service, command, paginator, client } = exportPath.exec(path)?.groups ?? {};
    const name = command ?? client ?? (paginator === undefined ? undefined : `paginate${paginator}`);
    return service === undefined || name === undefined || comesAlong.has(name) ? [] : [{ service, name }];
  });
  const clients = exported.flatMap(({ name }) => (name.endsWith('Client') ? [`new ${name}()`] : []));
  return [
    ...exported.map(({ service, name }) => `import { ${name} } from '@aws-sdk/client-${service}';`),
    `const clients = [${clients.join(', ')}];`,
    `const operations = [${exported.map(({ name }) => name).join(', ')}];`,
    'export const handler = async () => clients.length + operations.length;',
    '',
  ].join('\n');
}

export const emptyHandler = 'export const handler = async () => undefined;\n';
