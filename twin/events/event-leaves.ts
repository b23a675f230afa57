/** Which member of each array of objects something is in; arrays are told apart by identity. */
export type Place = ReadonlyMap<readonly unknown[], number>;
export const NOWHERE: Place = new Map();

/** A text, number, boolean or null of an event. */
export interface Leaf {
  readonly value: unknown;
  readonly place: Place;
}

/** The paths of wanted leaves, e.g. `detail.state.value`, and of the objects above them. */
export interface LeafNames {
  readonly leaves: ReadonlySet<string>;
  readonly objects: ReadonlySet<string>;
}

/** A name that holds a dot is the same to event-ruler as an object in an object, hence to this. */
export function nameLeaves(paths: readonly string[]): LeafNames {
  const objects = new Set<string>();
  for (const path of paths) {
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
      objects.add(path.slice(0, dot));
    }
  }
  return { leaves: new Set(paths), objects };
}

/** By path; what no name asks for is not looked at. */
export function leavesAt(
  { leaves: wanted, objects }: LeafNames,
  event: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, readonly Leaf[]> {
  const found = new Map<string, Leaf[]>();
  const enter = (object: object, above: string | undefined, place: Place): void => {
    for (const [name, value] of Object.entries(object)) {
      const path = above === undefined ? name : `${above}.${name}`;
      if (wanted.has(path) || objects.has(path)) take(value, path, place);
    }
  };
  const take = (value: unknown, path: string, place: Place): void => {
    if (Array.isArray(value)) takeMembers(value, path, place);
    else if (isObject(value)) enter(value, path, place);
    else if (value !== undefined && wanted.has(path)) add(path, { value, place });
  };
  const takeMembers = (array: readonly unknown[], path: string, place: Place): void => {
    for (const [index, member] of array.entries()) {
      take(member, path, isObject(member) ? new Map(place).set(array, index) : place);
    }
  };
  const add = (path: string, leaf: Leaf): void => {
    const leaves = found.get(path);
    if (leaves === undefined) found.set(path, [leaf]);
    else leaves.push(leaf);
  };
  enter(event, undefined, NOWHERE);
  return found;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Undefined when the two are in different members of one array. */
export function together(one: Place, other: Place): Place | undefined {
  if (other.size === 0) return one;
  if (one.size === 0) return other;
  for (const [array, index] of other) {
    if ((one.get(array) ?? index) !== index) return undefined;
  }
  return new Map([...one, ...other]);
}
