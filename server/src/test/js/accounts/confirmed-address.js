'use strict';
/* A server that lets nobody in before the address is confirmed. Run by UserLifeTest, which sets the options. */
const { test } = require('node:test');
const { Parse, assert, failsWith, rest } = require('../support');
const { address, linkIn, mailTo, name, open } = require('./outside');

const UNCONFIRMED = Parse.Error.EMAIL_NOT_FOUND;

test('nobody comes in before the address is confirmed by the link in the mail', async () => {
  const email = address();
  const user = new Parse.User({ username: name('user'), password: 'secret one', email });
  await user.signUp();
  assert.equal(user.getSessionToken(), undefined);
  const answer = await failsWith(UNCONFIRMED, Parse.User.logIn(user.getUsername(), 'secret one'));
  assert.equal(answer.message, 'User email is not verified.');
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, Parse.User.logIn(user.getUsername(), 'wrong one'));
  await failsWith(UNCONFIRMED, Parse.User.verifyPassword(user.getUsername(), 'secret one'));

  const mail = await mailTo(email);
  assert.equal(mail.subject, 'Please verify your e-mail for Life');
  const link = linkIn(mail);
  assert.doesNotMatch(link, new RegExp(user.getUsername()));
  await open(`${link}x`);
  await failsWith(UNCONFIRMED, Parse.User.logIn(user.getUsername(), 'secret one'));
  assert.equal((await open(link)).status, 200);
  const back = await Parse.User.logIn(email, 'secret one');
  assert.equal(back.id, user.id);
  assert.equal(back.get('emailVerified'), true);
});

test('the operator confirms an address by hand and may ignore it', async () => {
  const email = address();
  const user = new Parse.User({ username: name('user'), password: 'secret one', email });
  await user.signUp();
  const body = { username: user.getUsername(), password: 'secret one', ignoreEmailVerification: true };
  assert.equal((await rest('POST', '/login', body)).body.code, UNCONFIRMED);
  const asOperator = { 'X-Parse-Master-Key': Parse.masterKey };
  assert.equal((await rest('POST', '/login', body, asOperator)).status, 200);
  await user.save({ emailVerified: true }, { useMasterKey: true });
  assert.equal((await Parse.User.logIn(user.getUsername(), 'secret one')).id, user.id);
});
