// Loaded before a command. It knows one name more: that of a service in the network of a CI job or of compose.
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const addressed = (name) => (name === 'localstack' ? '127.0.0.1' : name);
const { lookup } = dns;
const { lookup: lookUp } = dns.promises;

dns.lookup = (name, ...rest) => lookup(addressed(name), ...rest);
dns.promises.lookup = (name, ...rest) => lookUp(addressed(name), ...rest);
syncBuiltinESMExports();
