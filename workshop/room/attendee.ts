import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { reasonOf } from '../../terminal/reason.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { Attendance } from './attendance.ts';

const joined = z.object({ address: z.url(), code: z.string(), id: z.uuid(), name: z.string() });

/** Milliseconds that a room has to answer: nobody waits for the instructor's machine. */
const patience = 2000;

/** Where an attendee's machine keeps which room it is in: beside their factory. */
const fileIn = (folder: string): string => join(folder, 'room.json');

/** Joins a room, and tells it where the attendee stands. @throws UserError where the room does not let them in */
export async function joinRoom(
  folder: string,
  room: { readonly address: string; readonly code: string; readonly name: string },
  lessons: Attendance['lessons'],
): Promise<void> {
  const given = joined.safeParse({ ...room, id: randomUUID() });
  if (!given.success) {
    throw new UserError(`"${room.address}" is no address of a room: it looks like http://192.168.1.20:4580.`);
  }
  await tell(given.data, lessons);
  await mkdir(dirname(fileIn(folder)), { recursive: true });
  await writeFile(fileIn(folder), JSON.stringify(given.data, undefined, 2));
}

/** Leaves the room; `false` where the attendee is in none. */
export async function leaveRoom(folder: string): Promise<boolean> {
  const isIn = existsSync(fileIn(folder));
  await rm(fileIn(folder), { force: true });
  return isIn;
}

/** Tells the room where the attendee stands now, if they joined one. Returns why it does not know, if it does not. */
export async function tellRoom(
  folder: string,
  lessons: () => Promise<Attendance['lessons']>,
): Promise<string | undefined> {
  if (!existsSync(fileIn(folder))) {
    return undefined;
  }
  try {
    await tell(joined.parse(JSON.parse(await readFile(fileIn(folder), 'utf8'))), await lessons());
    return undefined;
  } catch (error) {
    return error instanceof UserError ? error.message : `my-factory/room.json cannot be read: ${reasonOf(error)}`;
  }
}

async function tell(
  { address, code, id, name }: z.infer<typeof joined>,
  lessons: Attendance['lessons'],
): Promise<void> {
  const response = await fetchFrom(new URL(`/attendees/${id}`, address), {
    method: 'PUT',
    headers: { authorization: `Bearer ${code}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, lessons } satisfies Attendance),
    signal: AbortSignal.timeout(patience),
  }).catch((error: unknown) => {
    throw new UserError(`The room at ${address} does not answer: ${reasonOf(error)}`);
  });
  if (!response.ok) {
    throw new UserError(`The room at ${address} ${refusals[response.status] ?? `answers ${response.status}.`}`);
  }
}

const refusals: Readonly<Record<number, string>> = {
  400: 'does not understand this version of the workshop.',
  401: 'has another code. Ask the instructor for it.',
  429: 'is full.',
};
