import { isIPv4, isIPv6 } from 'node:net';
import { validationError } from '../errors.ts';

/**
 * `Fn::Cidr`: a number of blocks of a CIDR block, one after the other ("Fn::Cidr" of the CloudFormation User Guide).
 * @param block such as `10.0.0.0/16` or `2001:db8::/56`
 * @param count how many, 1 to 256
 * @param hostBits how many bits of a block's addresses are left to it: 8 for /24
 */
export function cidrBlocks(block: string, count: number, hostBits: number): string[] {
  const [address = '', prefix = ''] = block.split('/');
  const bits = isIPv4(address) ? 32 : 128;
  const length = Number(prefix);
  if (!(isIPv4(address) || isIPv6(address)) || !/^\d+$/.test(prefix) || length > bits) {
    throw cidrError(`${block} is not a CIDR block`);
  }
  if (!Number.isInteger(count) || count < 1 || count > 256) {
    throw cidrError(`count must be from 1 to 256, and not ${count}`);
  }
  if (!Number.isInteger(hostBits) || hostBits < 1 || hostBits > bits - length) {
    throw cidrError(`cidrBits must be from 1 to ${bits - length}, and not ${hostBits}`);
  }
  const size = 1n << BigInt(hostBits);
  if (BigInt(count) * size > 1n << BigInt(bits - length)) {
    throw cidrError(`${block} has no room for ${count} blocks of ${hostBits} bits`);
  }
  const host = (1n << BigInt(bits - length)) - 1n;
  const first = numberOf(address) & ~host;
  return Array.from({ length: count }, (_, i) => `${textOf(first + BigInt(i) * size, bits)}/${bits - hostBits}`);
}

function numberOf(address: string): bigint {
  if (isIPv4(address)) {
    return address.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
  }
  const [head = [], tail] = address.split('::').map((side) => (side === '' ? [] : side.split(':')));
  const zeros = tail ? Array<string>(8 - head.length - tail.length).fill('0') : [];
  return [...head, ...zeros, ...(tail ?? [])].reduce((sum, part) => (sum << 16n) | BigInt(`0x${part}`), 0n);
}

function textOf(value: bigint, bits: 32 | 128): string {
  if (bits === 32) {
    return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  // The WHATWG URL standard has the one shortest form of an IPv6 address.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

const cidrError = (message: string) => validationError(`Template error: Fn::Cidr: ${message}.`);
