import { dirname, join } from 'node:path';
import type { OrderBody } from '../../client/factory/order-client.ts';
import { reachableFrom } from '../diff/reachable.ts';
import { installDeclared } from '../experiment/install.ts';
import { declaredIn, lockedIn, manifestFolders } from '../experiment/manifests.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { createWorkingCopy, type Owner } from '../experiment/working-copy.ts';
import { createCleanRoom } from './clean-room.ts';
import { type Service, serveOnce } from './serve-once.ts';

/** What is ordered everywhere. */
export const order: OrderBody = {
  customer: 'Ada and Bob',
  items: [
    { recipe: 'gingerbread', quantity: 3 },
    { recipe: 'raisin', quantity: 2 },
  ],
};

/** Where the ordering of a snapshot is, from the repository's root. */
export const orderingOf = ({ roots }: SnapshotUnderTest): string =>
  roots.find(({ name }) => name === 'ordering')?.file ?? '';

/** Checks out, installs and builds on a person's machine, and has what was built take the order. */
export async function workOn(
  owner: Owner,
  snapshot: SnapshotUnderTest,
): Promise<Service & { readonly sha256?: string }> {
  const { number, repository, signal } = snapshot;
  const copy = await createWorkingCopy(repository, { owner });
  try {
    await installDeclared(copy.repository, dirname(orderingOf(snapshot)), { signal });
    const built = (await copy.bundle(number)).get('ordering');
    return { ...(built && { sha256: built.sha256 }), ...(await serveOnce(built?.file ?? '', order, signal)) };
  } finally {
    await copy.close();
  }
}

/** Has the source take the order where there is nothing but what it declares. */
export async function workInCleanRoom(snapshot: SnapshotUnderTest): Promise<Service> {
  const { repository, signal } = snapshot;
  const root = orderingOf(snapshot);
  const copy = await createWorkingCopy(repository);
  try {
    await installDeclared(copy.repository, dirname(root), { omitDev: true, signal });
    const room = await createCleanRoom(copy.repository, await reachableFrom([root], copy.repository));
    try {
      return await serveOnce(join(room.folder, root), order, signal);
    } finally {
      await room.close();
    }
  } finally {
    await copy.close();
  }
}

/** The packages that the source imports, and that no `package.json` above it declares, or no lock file pins. */
export async function unaccounted(snapshot: SnapshotUnderTest) {
  const { repository } = snapshot;
  const { files, packages } = await reachableFrom([orderingOf(snapshot)], repository);
  const folders = manifestFolders(repository, files);
  const inAll = async (read: typeof declaredIn) =>
    (await Promise.all(folders.map((folder) => read(repository, folder)))).flat();
  const [declared, locked] = [await inAll(declaredIn), await inAll(lockedIn)];
  return {
    undeclared: packages.filter((name) => !declared.includes(name)),
    unlocked: packages.filter((name) => !locked.includes(name)),
  };
}
