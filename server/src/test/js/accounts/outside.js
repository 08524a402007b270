'use strict';
/* Mails that the server has sent, pages behind their links, and one-time passwords as an authenticator app makes them. */
const { createHmac, randomBytes } = require('node:crypto');
const { setTimeout: pause } = require('node:timers/promises');
const { Parse, assert } = require('../support');

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const outside = process.env.OUTSIDE_URL;
if (!outside) {
  throw new Error('The variable OUTSIDE_URL is not set; these tests are run by UserLifeTest.');
}

/** A name that no other test uses. */
const name = prefix => `${prefix}_${randomBytes(4).toString('hex')}`;
const address = () => `${name('mail')}@example.org`;

async function mailsTo(email) {
  const response = await fetch(`${outside}/mails`);
  return (await response.json()).filter(mail => mail.to === email);
}

/** The last of so many mails to this address, as soon as it is there. */
async function mailTo(email, number = 1) {
  for (const end = Date.now() + 20_000; Date.now() < end; await pause(50)) {
    const mails = await mailsTo(email);
    if (mails.length >= number) {
      assert.equal(mails.length, number, `more mails to ${email} than expected`);
      return mails[number - 1];
    }
  }
  return assert.fail(`mail ${number} to ${email} did not come`);
}

/** The only link in a mail. */
function linkIn(mail) {
  const links = mail.text.match(/https?:\/\/\S+/g) ?? [];
  assert.equal(links.length, 1, mail.text);
  assert.ok(links[0].startsWith(Parse.serverURL), links[0]);
  return links[0];
}

/** Opens a page as a browser does: without the headers of an SDK, through redirects. */
async function open(url) {
  const response = await fetch(url);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

/** Submits the form of a page as a browser does, with these fields filled in. */
async function submit(page, filled) {
  const form = /<form[^>]*>/i.exec(page.text)?.[0];
  assert.ok(form, page.text);
  const attribute = (tag, key) => new RegExp(`\\b${key}="([^"]*)"`, 'i').exec(tag)?.[1];
  const decoded = text => text?.replace(/&#x2F;/g, '/').replace(/&#x3D;/g, '=').replace(/&amp;/g, '&');
  const fields = new URLSearchParams();
  for (const [input] of page.text.matchAll(/<input[^>]*>/gi)) {
    const key = attribute(input, 'name');
    if (key) {
      fields.set(key, filled[key] ?? decoded(attribute(input, 'value')) ?? '');
    }
  }
  const response = await fetch(decoded(attribute(form, 'action')), {
    method: attribute(form, 'method'),
    body: fields,
  });
  return { status: response.status, url: response.url, text: await response.text() };
}

/** The one-time password of RFC 6238 with the usual settings: 6 digits, 30 seconds, SHA-1. */
function oneTimePassword(secret, now = Date.now()) {
  let bits = '';
  for (const letter of secret) {
    bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0');
  }
  const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** 32 letters of base32, 160 bits. */
const secret = () => [...randomBytes(32)].map(byte => ALPHABET[byte & 31]).join('');

module.exports = { address, linkIn, mailTo, mailsTo, name, oneTimePassword, open, secret, submit };
