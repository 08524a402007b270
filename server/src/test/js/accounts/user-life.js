'use strict';
/* The life of users on a server that lets them in at once. Run by UserLifeTest, which sets the options. */
const { before, test } = require('node:test');
const { Parse, assert, failsWith, freshClass, master, rest } = require('../support');
const { address, linkIn, mailTo, mailsTo, name, oneTimePassword, open, secret, submit } = require('./outside');

const WRONG = Parse.Error.OBJECT_NOT_FOUND;
const PASSWORD = 'first one';
const as = user => ({ sessionToken: user.getSessionToken() });

before(() => Parse.User.disableUnsafeCurrentUser());

async function signedUp(attributes = {}) {
  const user = new Parse.User({ username: name('user'), password: PASSWORD, ...attributes });
  await user.signUp();
  return user;
}

/** On a device, the SDK remembers who is logged in. */
async function onADevice(life) {
  Parse.User.enableUnsafeCurrentUser();
  try {
    await life();
  } finally {
    await Parse.User.logOut();
    Parse.User.disableUnsafeCurrentUser();
  }
}

/** A session that the SDK does not know of: all objects of one user share their state there. */
async function elsewhere(user, password = PASSWORD) {
  const { status, body } = await rest('POST', '/login', { username: user.getUsername(), password });
  assert.equal(status, 200, JSON.stringify(body));
  return body.sessionToken;
}

test('a user signs up, comes back, changes and leaves', () =>
  onADevice(async () => {
    const username = name('ann');
    const user = await Parse.User.signUp(username, PASSWORD, { email: address(), nick: 'A' });
    const token = user.getSessionToken();
    assert.equal(Parse.User.current().id, user.id);
    assert.equal((await Parse.Session.current()).getSessionToken(), token);
    assert.deepEqual((await Parse.Session.current()).get('createdWith'), { action: 'signup', authProvider: 'password' });

    await user.save({ nick: 'B' });
    await Parse.User.logOut();
    assert.equal(Parse.User.current(), null);
    await failsWith(Parse.Error.INVALID_SESSION_TOKEN, Parse.User.me(token));

    const back = await Parse.User.logIn(username, PASSWORD);
    assert.equal(back.get('nick'), 'B');
    assert.equal(back.get('password'), undefined);
    assert.equal((await Parse.User.verifyPassword(username, PASSWORD)).objectId, user.id);
    await failsWith(WRONG, Parse.User.verifyPassword(username, 'another one'));

    const second = await elsewhere(back);
    const become = await Parse.User.become(second);
    assert.equal(become.id, user.id);
    assert.equal(Parse.User.current().getSessionToken(), second);
    assert.equal((await become.fetch()).get('nick'), 'B');

    await become.destroy();
    await failsWith(Parse.Error.INVALID_SESSION_TOKEN, Parse.User.me(second));
    await failsWith(WRONG, Parse.User.logIn(username, PASSWORD));
  }));

test('roles three levels deep open a class, and objects are hidden from the others', async () => {
  const [trainee, stranger] = [await signedUp(), await signedUp()];
  const role = async (roleName, users, roles) => {
    const made = new Parse.Role(roleName, new Parse.ACL());
    made.getUsers().add(users);
    made.getRoles().add(roles);
    return made.save(null, master);
  };
  const trainees = await role(name('Trainee'), [trainee], []);
  const workers = await role(name('Worker'), [], [trainees]);
  const boss = await role(name('Boss'), [], [workers]);

  const className = freshClass('Plan');
  const only = { [`role:${boss.getName()}`]: true };
  const schema = new Parse.Schema(className).addString('text');
  schema.setCLP({ get: only, find: only, count: only, create: only, update: only, delete: only, addField: {} });
  await schema.save();

  const shared = await new Parse.Object(className, { text: 'all' }).save(null, as(trainee));
  const hidden = new Parse.Object(className, { text: 'mine' });
  hidden.setACL(new Parse.ACL(trainee));
  await hidden.save(null, as(trainee));
  const visible = async user => (await new Parse.Query(className).find(as(user))).map(object => object.id).sort();
  assert.deepEqual(await visible(trainee), [shared.id, hidden.id].sort());
  await failsWith(Parse.Error.OPERATION_FORBIDDEN, visible(stranger));
  await failsWith(Parse.Error.OPERATION_FORBIDDEN, shared.save({ more: 1 }, as(trainee)));

  boss.getUsers().add(stranger);
  await boss.save(null, master);
  assert.deepEqual(await visible(stranger), [shared.id]);
  await failsWith(WRONG, new Parse.Query(className).get(hidden.id, as(stranger)));
  await failsWith(WRONG, hidden.destroy(as(stranger)));
  hidden.getACL().setRoleReadAccess(workers, true);
  await hidden.save(null, as(trainee));
  assert.deepEqual(await visible(stranger), [shared.id]);

  workers.getRoles().remove(trainees);
  await workers.save(null, master);
  await failsWith(Parse.Error.OPERATION_FORBIDDEN, visible(trainee));
});

test('somebody without a name becomes a user with one and keeps all', () =>
  onADevice(async () => {
    const user = await Parse.AnonymousUtils.logIn();
    assert.equal(Parse.AnonymousUtils.isLinked(user), true);
    assert.deepEqual((await Parse.Session.current()).get('createdWith').authProvider, 'anonymous');
    const note = new Parse.Object(freshClass('Note'), { text: 'kept' });
    note.setACL(new Parse.ACL(user));
    await note.save();

    const username = name('known');
    user.setUsername(username);
    user.setPassword(PASSWORD);
    await user.save();
    assert.equal(Parse.AnonymousUtils.isLinked(user), false);
    await Parse.User.logOut();
    const back = await Parse.User.logIn(username, PASSWORD);
    assert.equal(back.id, user.id);
    assert.equal((await new Parse.Query(note.className).get(note.id)).get('text'), 'kept');
    const stored = await new Parse.Query(Parse.User).get(user.id, master);
    assert.equal(stored.get('authData')?.anonymous, undefined);
  }));

test('the same anonymous id is the same user', async () => {
  const authData = { id: name('device') };
  const first = await Parse.User.logInWith('anonymous', { authData });
  assert.equal(first.existed(), false);
  const second = await Parse.User.logInWith('anonymous', { authData });
  assert.equal(second.id, first.id);
  assert.equal(second.existed(), true);
});

test('somebody without a name becomes a user of a provider', async () => {
  const user = await Parse.AnonymousUtils.logIn();
  const anonymous = user.get('authData').anonymous.id;
  const id = name('id');
  const authData = { id, access_token: `ticket-of-${id}` };
  await user.linkWith('myLogin', { authData });
  assert.equal((await Parse.User.logInWith('myLogin', { authData })).id, user.id);
  assert.notEqual((await Parse.User.logInWith('anonymous', { authData: { id: anonymous } })).id, user.id);
});

test('an account at a provider is linked, opens the door, and is unlinked', async () => {
  const user = await signedUp();
  const id = name('id');
  const authData = { id, access_token: `ticket-of-${id}` };
  await user.linkWith('myLogin', { authData });
  assert.equal(user._isLinked('myLogin'), true);

  const back = await Parse.User.logInWith('myLogin', { authData });
  assert.equal(back.id, user.id);
  assert.equal(back.existed(), true);
  const wrongTicket = { id, access_token: 'ticket-of-another' };
  await failsWith(WRONG, Parse.User.logInWith('myLogin', { authData: wrongTicket }));
  await failsWith(WRONG, Parse.User.logInWith('myLogin', { authData: { id } }));

  const other = await signedUp();
  await failsWith(Parse.Error.ACCOUNT_ALREADY_LINKED, other.linkWith('myLogin', { authData }));

  await back._unlinkFrom('myLogin');
  assert.equal(back._isLinked('myLogin'), false);
  const stored = await new Parse.Query(Parse.User).get(user.id, master);
  assert.equal(stored.get('authData')?.myLogin, undefined);

  // Whoever is not known signs up.
  const next = await Parse.User.logInWith('myLogin', { authData });
  assert.notEqual(next.id, user.id);
  assert.equal(next.existed(), false);
  assert.equal((await Parse.User.logInWith('myLogin', { authData })).id, next.id);
});

test('a forgotten password is replaced through the mail and the page behind its link', async () => {
  const email = address();
  const user = await signedUp({ email });
  await mailTo(email);
  const session = user.getSessionToken();
  await Parse.User.requestPasswordReset(email);
  const mail = await mailTo(email, 2);
  assert.equal(mail.subject, 'Password Reset for Life');

  const form = await open(linkIn(mail));
  assert.equal(form.status, 200);
  assert.match(form.type, /^text\/html/);
  const short = await submit(form, { new_password: 'short', confirm_new_password: 'short' });
  assert.match(short.text, /Six characters, please\./);
  const filled = { new_password: 'second one', confirm_new_password: 'second one' };
  const done = await submit(form, filled);
  assert.equal(done.status, 200);
  assert.doesNotMatch(done.text, /new_password/);

  assert.equal((await Parse.User.logIn(user.getUsername(), 'second one')).id, user.id);
  await failsWith(WRONG, Parse.User.logIn(user.getUsername(), PASSWORD));
  await failsWith(Parse.Error.INVALID_SESSION_TOKEN, Parse.User.me(session));

  // The link was good once.
  await submit(form, { new_password: 'third one', confirm_new_password: 'third one' });
  assert.equal((await Parse.User.logIn(user.getUsername(), 'second one')).id, user.id);
  assert.doesNotMatch((await open(linkIn(mail))).text, /new_password/);
});

test('nobody learns from a reset request who has an account', async () => {
  const nobody = address();
  await Parse.User.requestPasswordReset(nobody);
  await Parse.User.requestEmailVerification(nobody);
  assert.deepEqual(await mailsTo(nobody), []);
});

test('an address is confirmed by the link in its mail, and again when it changes', async () => {
  const email = address();
  const user = await signedUp({ email });
  const stored = () => new Parse.Query(Parse.User).get(user.id, as(user));
  assert.equal((await stored()).get('emailVerified'), false);
  await failsWith(Parse.Error.OPERATION_FORBIDDEN, user.save({ emailVerified: true }, as(user)));
  user.revert();

  const first = linkIn(await mailTo(email));
  await Parse.User.requestEmailVerification(email);
  const second = linkIn(await mailTo(email, 2));
  assert.notEqual(second, first);
  await open(first);
  assert.equal((await stored()).get('emailVerified'), false);
  await open(second);
  assert.equal((await stored()).get('emailVerified'), true);

  const other = address();
  await user.save({ email: other }, as(user));
  assert.equal((await stored()).get('emailVerified'), false);
  await open(linkIn(await mailTo(other)));
  assert.equal((await stored()).get('emailVerified'), true);
});

test('wrong passwords lock an account, and a reset opens it', async () => {
  const email = address();
  const user = await signedUp({ email });
  await mailTo(email);
  for (let i = 0; i < 3; i++) {
    await failsWith(WRONG, Parse.User.logIn(user.getUsername(), 'wrong one'));
  }
  const locked = await failsWith(WRONG, Parse.User.logIn(user.getUsername(), PASSWORD));
  assert.equal(
    locked.message,
    'Your account is locked due to multiple failed login attempts. Please try again after 10 minute(s)'
  );
  await Parse.User.requestPasswordReset(email);
  await submit(await open(linkIn(await mailTo(email, 2))), {
    new_password: 'second one',
    confirm_new_password: 'second one',
  });
  assert.equal((await Parse.User.logIn(user.getUsername(), 'second one')).id, user.id);
});

test('a second factor is set up, asked for, and replaced by a recovery code once', async () => {
  const user = await signedUp();
  const key = secret();
  const wrong = oneTimePassword(key, Date.now() + 3_600_000);
  await failsWith(
    Parse.Error.SCRIPT_FAILED,
    user.save({ authData: { mfa: { secret: key, token: wrong } } }, as(user))
  );
  user.revert();
  await user.save({ authData: { mfa: { secret: key, token: oneTimePassword(key) } } }, as(user));
  const recovery = user.get('authDataResponse').mfa.recovery.split(', ');
  assert.equal(recovery.length, 2);

  const username = user.getUsername();
  const withFactor = token => Parse.User.logInWithAdditionalAuth(username, PASSWORD, { mfa: { token } });
  const missing = await failsWith(Parse.Error.OTHER_CAUSE, Parse.User.logIn(username, PASSWORD));
  assert.equal(missing.message, 'Missing additional authData mfa');
  await failsWith(Parse.Error.SCRIPT_FAILED, withFactor(wrong));
  await failsWith(WRONG, Parse.User.logInWithAdditionalAuth(username, 'wrong one', { mfa: { token: recovery[0] } }));
  const back = await withFactor(oneTimePassword(key));
  assert.equal(back.id, user.id);
  assert.deepEqual((await new Parse.Query(Parse.User).get(user.id, as(back))).get('authData'), {
    mfa: { status: 'enabled' },
  });

  assert.equal((await withFactor(recovery[0])).id, user.id);
  await failsWith(Parse.Error.SCRIPT_FAILED, withFactor(recovery[0]));
  assert.equal((await withFactor(recovery[1])).id, user.id);
});

test('a user sees the own sessions and ends one; a new password ends all others', async () => {
  const [user, other] = [await signedUp(), await signedUp()];
  const lost = await elsewhere(user);
  const sessions = await new Parse.Query(Parse.Session).find(as(user));
  assert.equal(sessions.length, 2);
  assert.ok(sessions.every(session => session.get('user').id === user.id));
  const session = sessions.find(each => each.getSessionToken() === lost);
  await failsWith(WRONG, session.destroy(as(other)));
  await session.destroy(as(user));
  await failsWith(Parse.Error.INVALID_SESSION_TOKEN, Parse.User.me(lost));

  const third = await elsewhere(user);
  await user.save({ password: 'second one' }, as(user));
  await failsWith(Parse.Error.INVALID_SESSION_TOKEN, Parse.User.me(third));
  assert.equal((await Parse.User.me(user.getSessionToken())).id, user.id);
});

test('the operator logs in as somebody', async () => {
  const user = await signedUp({ nick: 'A' });
  const same = await Parse.User.loginAs(user.id);
  assert.equal(same.get('nick'), 'A');
  const { body } = await rest('GET', '/sessions/me', undefined, { 'X-Parse-Session-Token': same.getSessionToken() });
  assert.deepEqual(body.createdWith, { action: 'login', authProvider: 'masterkey' });
});

test('a device has one installation, whatever becomes of its token', async () => {
  const token = name('deviceToken');
  const installation = new Parse.Installation();
  installation.set('deviceType', Parse.Installation.DEVICE_TYPES.ANDROID);
  installation.set('installationId', name('id'));
  installation.set('deviceToken', token);
  await installation.save();
  const rows = where =>
    where(new Parse.Query(Parse.Installation)).find(master);
  assert.equal((await rows(query => query.equalTo('deviceToken', token))).length, 1);

  // The app is installed again: the same device, another id.
  const again = new Parse.Installation();
  again.set('deviceType', Parse.Installation.DEVICE_TYPES.ANDROID);
  again.set('installationId', name('id'));
  again.set('deviceToken', token);
  await again.save();
  const left = await rows(query => query.equalTo('deviceToken', token));
  assert.deepEqual(left.map(each => each.id), [again.id]);

  // The token changes: the same row.
  await again.save({ deviceToken: name('deviceToken'), channels: ['news'] });
  assert.equal((await rows(query => query.equalTo('installationId', again.get('installationId')))).length, 1);
  await failsWith(Parse.Error.OPERATION_FORBIDDEN, new Parse.Query(Parse.Installation).find());

  const current = await Parse.Installation.currentInstallation();
  await current.save();
  await current.save({ channels: ['news'] });
  const mine = await rows(query => query.equalTo('installationId', current.get('installationId')));
  assert.deepEqual(mine.map(each => each.get('channels')), [['news']]);
});
