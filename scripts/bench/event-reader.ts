import { get } from 'node:http';

/** Reads all events of the endpoint that it is given, as fast as they come, in a process of its own as a browser is. Says when it begins. */
get(new URL('/_emulator/events', process.argv[2]), (answer) => {
  answer.once('data', () => console.log('reading'));
  answer.resume();
});
