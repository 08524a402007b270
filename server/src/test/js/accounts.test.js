'use strict';
const { test } = require('node:test');
const { createHmac, randomBytes } = require('node:crypto');
const { Parse, assert, failsWith, freshClass, master, rest } = require('./support');
const { linkOfMail, needsMailbox } = require('./mailbox');

/** A name that no other test uses. */
const name = prefix => `${prefix}_${randomBytes(4).toString('hex')}`;
const as = user => ({ sessionToken: user.getSessionToken() });

async function signedUp(attributes = {}) {
  const user = new Parse.User();
  user.setUsername(name('user'));
  user.setPassword('secret');
  await user.save(attributes);
  return user;
}

/** What the stand-in for a log-in provider believes. */
const acme = id => ({ authData: { id, access_token: `good-${id}` } });

/** The other provider is there only where the Java build started the server. */
const needsProvider = needsMailbox;

test('an anonymous user keeps the objects when getting a name', async () => {
  const user = await Parse.AnonymousUtils.logIn();
  assert.match(user.getSessionToken(), /^r:/);
  const note = new Parse.Object(freshClass('Note'), { text: 'mine' });
  note.setACL(new Parse.ACL(user));
  await note.save(null, as(user));
  const id = user.get('authData').anonymous.id;

  const username = name('named');
  user.setUsername(username); // this also takes the anonymous id away
  user.setPassword('secret');
  await user.save(null, as(user));
  const again = await Parse.User.logIn(username, 'secret');
  assert.equal(again.id, user.id);
  assert.equal((await new Parse.Query(note.className).get(note.id, as(again))).get('text'), 'mine');

  const other = await Parse.User.logInWith('anonymous', { authData: { id } });
  assert.notEqual(other.id, user.id);
});

test('the same anonymous id is the same user', async () => {
  const authData = { id: name('device') };
  const first = await Parse.User.logInWith('anonymous', { authData });
  const second = await Parse.User.logInWith('anonymous', { authData });
  assert.equal(second.id, first.id);
  assert.equal(second.existed(), true);
});

test('a user logs in with a provider, again and again', needsProvider, async () => {
  const id = name('acme');
  const first = await Parse.User.logInWith('acme', acme(id));
  assert.equal(first.existed(), false);
  const second = await Parse.User.logInWith('acme', acme(id));
  assert.equal(second.id, first.id);
  assert.equal(second.existed(), true);
  await failsWith(101, Parse.User.logInWith('acme', { authData: { id, access_token: 'stolen' } }));
  await failsWith(101, Parse.User.logInWith('acme', { authData: { id } }));
});

test('a user links and unlinks a provider', needsProvider, async () => {
  const id = name('acme');
  const user = await signedUp();
  await user.linkWith('acme', acme(id), as(user));
  const again = await Parse.User.logInWith('acme', acme(id)); // ends the first session of this installation
  assert.equal(again.id, user.id);

  const other = await signedUp();
  await failsWith(Parse.Error.ACCOUNT_ALREADY_LINKED, other.linkWith('acme', acme(id), as(other)));

  await again._unlinkFrom('acme', as(again));
  assert.notEqual((await Parse.User.logInWith('acme', acme(id))).id, user.id);
});

test('an anonymous user becomes one of a provider', needsProvider, async () => {
  const user = await Parse.AnonymousUtils.logIn();
  const anonymous = user.get('authData').anonymous.id;
  const id = name('acme');
  await user.linkWith('acme', acme(id), as(user));
  assert.equal((await Parse.User.logInWith('acme', acme(id))).id, user.id);
  assert.notEqual((await Parse.User.logInWith('anonymous', { authData: { id: anonymous } })).id, user.id);
});

/** One-time password of an authenticator app (RFC 6238): 30 s, 6 digits, SHA-1. */
function totp(key) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, '0');
}

function base32(bytes) {
  const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('');
  return bits.match(/.{5}/g).map(five => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[parseInt(five, 2)]).join('');
}

test('a second factor is set up, asked for, and replaced by a recovery code', needsProvider, async () => {
  const user = await signedUp();
  const [username, session] = [user.getUsername(), as(user)];
  const key = randomBytes(20);
  await user.save({ authData: { mfa: { secret: base32(key), token: totp(key) } } }, session);
  const recovery = user.get('authDataResponse').mfa.recovery.split(', ');
  assert.equal(recovery.length, 2);

  const error = await failsWith(Parse.Error.OTHER_CAUSE, Parse.User.logIn(username, 'secret'));
  assert.equal(error.message, 'Missing additional authData mfa');
  const logIn = token => Parse.User.logInWithAdditionalAuth(username, 'secret', { mfa: { token } });
  await failsWith(Parse.Error.SCRIPT_FAILED, logIn('000000'));
  assert.equal((await logIn(totp(key))).id, user.id);
  const again = await logIn(recovery[0]);
  assert.equal(again.id, user.id);
  await failsWith(Parse.Error.SCRIPT_FAILED, logIn(recovery[0]));

  const seen = await new Parse.Query(Parse.User).get(user.id, as(again));
  assert.deepEqual(seen.get('authData').mfa, { status: 'enabled' });
});

test('an address is confirmed through the link in a mail', needsMailbox, async () => {
  const email = `${name('mail')}@example.org`;
  const user = await signedUp({ email });
  const verified = async () => (await new Parse.Query(Parse.User).get(user.id, master)).get('emailVerified');
  assert.equal(await verified(), false);

  const first = await linkOfMail(email, 1);
  await Parse.User.requestEmailVerification(email);
  const second = await linkOfMail(email, 2);
  await fetch(first);
  assert.equal(await verified(), false);
  const page = await fetch(second);
  assert.equal(page.status, 200);
  assert.equal(await verified(), true);
});

test('a forgotten password is replaced through the form behind the link', needsMailbox, async () => {
  const email = `${name('mail')}@example.org`;
  const user = await signedUp({ email });
  const username = user.getUsername();
  await linkOfMail(email, 1);

  await Parse.User.requestPasswordReset(email);
  const link = new URL(await linkOfMail(email, 2));
  const form = await (await fetch(link)).text();
  assert.match(form, /name="new_password"/);
  const submitted = await fetch(link.origin + link.pathname, {
    method: 'POST',
    body: new URLSearchParams({ token: link.searchParams.get('token'), username, new_password: 'fresh' }),
  });
  assert.equal(submitted.status, 200);

  assert.equal((await Parse.User.logIn(username, 'fresh')).id, user.id);
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, Parse.User.logIn(username, 'secret'));
  await failsWith(Parse.Error.INVALID_SESSION_TOKEN, Parse.User.me(user.getSessionToken()));
});

test('nobody learns from a reset whether an address is known', needsMailbox, async () => {
  await Parse.User.requestPasswordReset(`${name('nobody')}@example.org`);
});

test('too many wrong passwords lock the account until it is reset', needsMailbox, async () => {
  const email = `${name('mail')}@example.org`;
  const user = await signedUp({ email });
  const username = user.getUsername();
  for (let attempt = 0; attempt < 3; attempt++) {
    await failsWith(Parse.Error.OBJECT_NOT_FOUND, Parse.User.logIn(username, 'wrong'));
  }
  const locked = await failsWith(Parse.Error.OBJECT_NOT_FOUND, Parse.User.logIn(username, 'secret'));
  assert.match(locked.message, /^Your account is locked due to multiple failed login attempts/);

  await linkOfMail(email, 1);
  await Parse.User.requestPasswordReset(email);
  const link = new URL(await linkOfMail(email, 2));
  await fetch(link.origin + link.pathname, {
    method: 'POST',
    body: new URLSearchParams({ token: link.searchParams.get('token'), username, new_password: 'fresh' }),
  });
  assert.equal((await Parse.User.logIn(username, 'fresh')).id, user.id);
});

test('a device has one installation', async () => {
  const [installationId, deviceToken] = [name('installation'), name('token')];
  const save = attributes => rest('POST', '/installations', attributes);
  const made = await save({ installationId, deviceType: 'android' });
  assert.equal(made.status, 201);
  const again = await save({ installationId, deviceToken, channels: ['news'] });
  assert.equal(again.status, 200);
  const moved = await save({ installationId: name('other'), deviceToken, deviceType: 'android' });
  assert.equal(moved.status, 201);

  const found = await new Parse.Query(Parse.Installation).equalTo('deviceToken', deviceToken).find(master);
  assert.deepEqual(found.map(each => each.id), [moved.body.objectId]);
  await failsWith(Parse.Error.OPERATION_FORBIDDEN, new Parse.Query(Parse.Installation).find());
});
