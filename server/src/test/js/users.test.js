'use strict';
const { test } = require('node:test');
const { randomBytes } = require('node:crypto');
const { Parse, assert, failsWith, freshClass, master, rest } = require('./support');

/** A name that no other test uses. */
const name = prefix => `${prefix}_${randomBytes(4).toString('hex')}`;

/** A new user. Node has no "current user": every call says whose session it uses. */
async function signedUp(attributes = {}) {
  const user = new Parse.User();
  user.setUsername(name('user'));
  user.setPassword('secret');
  await user.save(attributes);
  return user;
}

const as = user => ({ sessionToken: user.getSessionToken() });

/** A further session. All objects of one user share their state in the SDK, so tokens are kept as texts. */
const loggedIn = async (user, password = 'secret') =>
  (await rest('POST', '/login', { username: user.getUsername(), password })).body.sessionToken;

async function role(roleName, { users = [], roles = [] } = {}) {
  const made = new Parse.Role(roleName, new Parse.ACL());
  if (users.length) {
    made.getUsers().add(users);
  }
  if (roles.length) {
    made.getRoles().add(roles);
  }
  return made.save(null, master);
}

test('a user signs up, is who he is by his token, and logs in again', async () => {
  const user = await signedUp({ email: `${name('mail')}@example.org`, nick: 'A' });
  assert.match(user.getSessionToken(), /^r:[0-9a-f]{32}$/);

  const me = await Parse.User.me(user.getSessionToken());
  assert.equal(me.id, user.id);
  assert.equal(me.getEmail(), user.getEmail());

  const first = user.getSessionToken();
  const again = await Parse.User.logIn(user.getUsername(), 'secret');
  assert.equal(again.id, user.id);
  assert.equal(again.get('nick'), 'A');
  assert.notEqual(again.getSessionToken(), first);
  const byMail = await Parse.User.logIn(user.getEmail(), 'secret');
  assert.equal(byMail.id, user.id);
});

test('wrong credentials are one error', async () => {
  const user = await signedUp();
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, Parse.User.logIn(user.getUsername(), 'wrong'));
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, Parse.User.logIn(name('nobody'), 'secret'));
});

test('names and addresses are taken whatever their case', async () => {
  const user = await signedUp({ email: `${name('mail')}@example.org` });
  const other = new Parse.User();
  const signUp = attributes => other.save({ username: name('other'), password: 'p', ...attributes });
  await failsWith(Parse.Error.USERNAME_TAKEN, signUp({ username: user.getUsername().toUpperCase() }));
  await failsWith(Parse.Error.EMAIL_TAKEN, signUp({ email: user.getEmail().toUpperCase() }));
  await failsWith(Parse.Error.INVALID_EMAIL_ADDRESS, signUp({ email: 'none' }));
});

test('verifyPassword and become', async () => {
  const user = await signedUp();
  const token = user.getSessionToken();
  const verified = await Parse.User.verifyPassword(user.getUsername(), 'secret');
  assert.equal(verified.objectId ?? verified.id, user.id);
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, Parse.User.verifyPassword(user.getUsername(), 'x'));
  Parse.User.enableUnsafeCurrentUser();
  try {
    const become = await Parse.User.become(token);
    assert.equal(Parse.User.current().id, become.id);
    assert.equal((await Parse.Session.current()).get('user').id, user.id);
    await Parse.User.logOut();
    assert.equal(Parse.User.current(), null);
  } finally {
    Parse.User.disableUnsafeCurrentUser();
  }
  await failsWith(Parse.Error.INVALID_SESSION_TOKEN, Parse.User.me(token));
});

test('the master key logs in as anybody', async () => {
  const user = await signedUp();
  const answer = await rest('POST', '/loginAs', { userId: user.id }, { 'X-Parse-Master-Key': Parse.masterKey });
  assert.equal((await Parse.User.me(answer.body.sessionToken)).id, user.id);
});

test('users see and change themselves, not each other', async () => {
  const [ann, bob] = [await signedUp({ nick: 'A' }), await signedUp()];
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, new Parse.Query(Parse.User).get(ann.id, as(bob)));
  await failsWith(Parse.Error.SESSION_MISSING, ann.save({ nick: 'B' }, as(bob)));
  await ann.save({ nick: 'C' }, as(ann));
  assert.equal((await new Parse.Query(Parse.User).get(ann.id, as(ann))).get('nick'), 'C');
  await failsWith(Parse.Error.SESSION_MISSING, ann.destroy(as(bob)));
  await ann.destroy(as(ann));
  await failsWith(Parse.Error.INVALID_SESSION_TOKEN, Parse.User.me(ann.getSessionToken()));
});

test('a new password ends old sessions and keeps the user logged in', async () => {
  const user = await signedUp();
  const old = user.getSessionToken();
  const elsewhere = await loggedIn(user);
  await user.save({ password: 'new' }, { sessionToken: old });
  await failsWith(Parse.Error.INVALID_SESSION_TOKEN, Parse.User.me(old));
  await failsWith(Parse.Error.INVALID_SESSION_TOKEN, Parse.User.me(elsewhere));
  assert.equal((await Parse.User.me(user.getSessionToken())).id, user.id);
  assert.equal((await Parse.User.logIn(user.getUsername(), 'new')).id, user.id);
});

test('a user sees and ends the own sessions only', async () => {
  const [ann, bob] = [await signedUp(), await signedUp()];
  const elsewhere = await loggedIn(ann);
  const sessions = await new Parse.Query(Parse.Session).find(as(ann));
  assert.equal(sessions.length, 2);
  assert.deepEqual(new Set(sessions.map(session => session.get('user').id)), new Set([ann.id]));
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, new Parse.Query(Parse.Session).get(sessions[0].id, as(bob)));
  await sessions.find(session => session.getSessionToken() === elsewhere).destroy(as(ann));
  await failsWith(Parse.Error.INVALID_SESSION_TOKEN, Parse.User.me(elsewhere));
});

test('roles three levels deep open objects and classes', async () => {
  const [trainee, stranger] = [await signedUp(), await signedUp()];
  const [traineeRole, workerRole, bossRole] = [name('Trainee'), name('Worker'), name('Boss')];
  const trainees = await role(traineeRole, { users: [trainee] });
  const workers = await role(workerRole, { roles: [trainees] });
  await role(bossRole, { roles: [workers] });

  const plan = new Parse.Object(freshClass('Plan'), { n: 1 });
  const acl = new Parse.ACL();
  acl.setRoleReadAccess(bossRole, true);
  acl.setRoleWriteAccess(bossRole, true);
  plan.setACL(acl);
  await plan.save(null, master);
  const find = user => new Parse.Query(plan.className).find(user ? as(user) : undefined);
  assert.equal((await find(trainee)).length, 1);
  assert.equal((await find(stranger)).length, 0);
  assert.equal((await find(null)).length, 0);
  await plan.save({ n: 2 }, as(trainee));

  const closed = freshClass('Closed');
  const schema = new Parse.Schema(closed);
  const only = { [`role:${bossRole}`]: true };
  schema.setCLP({ get: only, find: only, count: only, create: only, update: only, delete: only, addField: only });
  await schema.save();
  await new Parse.Object(closed, { n: 1 }).save(null, as(trainee));
  assert.equal(await new Parse.Query(closed).count(as(trainee)), 1);
  await failsWith(Parse.Error.OPERATION_FORBIDDEN, new Parse.Query(closed).find(as(stranger)));

  // Whoever leaves the role loses what it opened, at once.
  trainees.getUsers().remove(trainee);
  await trainees.save(null, master);
  assert.equal((await find(trainee)).length, 0);
});

test('roles have unique names and need an ACL', async () => {
  const admin = name('Admin');
  await role(admin);
  await failsWith(Parse.Error.DUPLICATE_VALUE, role(admin));
  const answer = await rest('POST', '/roles', { name: name('x') });
  assert.deepEqual(answer.body, { code: 111, error: 'ACL is required.' });
});

test('objects are shared with one user and hidden from another', async () => {
  const [ann, bob, carl] = [await signedUp(), await signedUp(), await signedUp()];
  const note = new Parse.Object(freshClass('Note'), { text: 'hi' });
  const acl = new Parse.ACL(ann);
  acl.setReadAccess(bob, true);
  note.setACL(acl);
  await note.save(null, as(ann));
  const read = user => new Parse.Query(note.className).find(as(user));
  assert.equal((await read(ann)).length, 1);
  assert.equal((await read(bob)).length, 1);
  assert.equal((await read(carl)).length, 0);
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, note.save({ text: 'ho' }, as(bob)));
});
