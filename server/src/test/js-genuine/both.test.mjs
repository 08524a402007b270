/*
 * Two servers on one database: the genuine one and the one under test. Whatever one of them writes, the other reads and
 * changes. Each test runs in both directions.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';

const servers = { genuine: process.env.GENUINE_URL, kami: process.env.SERVER_URL };
const MASTER = { 'X-Parse-Master-Key': process.env.MASTER_KEY };
const MAINTENANCE = { 'X-Parse-Maintenance-Key': process.env.MAINTENANCE_KEY };

class Server {
  constructor(name) {
    this.name = name;
    this.url = servers[name];
  }

  async call(method, path, body, headers = {}) {
    const response = await fetch(this.url + path, {
      method,
      headers: { 'X-Parse-Application-Id': process.env.APP_ID, 'Content-Type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  async ok(method, path, body, headers) {
    const answer = await this.call(method, path, body, headers);
    assert.ok(answer.status < 300, `${this.name}: ${method} ${path} answers ${JSON.stringify(answer)}`);
    return answer.body;
  }

  get(path, headers) {
    return this.ok('GET', path, undefined, headers);
  }

  post(path, body, headers) {
    return this.ok('POST', path, body, headers);
  }

  put(path, body, headers) {
    return this.ok('PUT', path, body, headers);
  }

  find(className, where, more = '', headers = MASTER) {
    const query = `?where=${encodeURIComponent(JSON.stringify(where))}${more}`;
    return this.get(`/classes/${className}${query}`, headers).then(answer => answer.results);
  }
}

const fresh = name => `${name}${randomBytes(5).toString('hex')}`;
const pointer = (className, objectId) => ({ __type: 'Pointer', className, objectId });
const date = iso => ({ __type: 'Date', iso });

/** Classes that the other has made are known after its notice, not before. */
async function eventually(check) {
  for (let left = 50; ; left--) {
    try {
      return await check();
    } catch (error) {
      if (left === 0) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}

function inBothDirections(name, run) {
  for (const [from, to] of [['genuine', 'kami'], ['kami', 'genuine']]) {
    test(`${name}: ${from} writes, ${to} reads`, () => run(new Server(from), new Server(to)));
  }
}

/** Where a file is found is not stored. */
function withoutUrls(value) {
  return JSON.parse(JSON.stringify(value), (key, inner) => (key === 'url' ? undefined : inner));
}

inBothDirections('every type of field', async (writer, reader) => {
  const className = fresh('Types');
  const other = await writer.post(`/classes/${fresh('Other')}`, { n: 1 });
  const object = {
    text: 'Schach – ♞ 𝄞 "quoted" \\ \n',
    empty: '',
    number: -12.75,
    large: 1e21,
    small: 1e-7,
    zero: 0,
    yes: true,
    no: false,
    when: date('2021-06-15T12:00:00.500Z'),
    old: date('1582-10-04T00:00:00.000Z'),
    object: {
      n: 5,
      a: { b: [1, 'x', null, true, { c: {} }] },
      when: date('2020-01-01T00:00:00.000Z'),
      to: pointer('_User', 'abc'),
      place: { __type: 'GeoPoint', latitude: 1.5, longitude: 2.5 },
    },
    array: [1, 'two', null, false, [3], { four: 4 }, pointer('_User', 'abc'), date('2020-01-01T00:00:00.000Z')],
    none: [],
    place: { __type: 'GeoPoint', latitude: 40.25, longitude: -30.5 },
    area: { __type: 'Polygon', coordinates: [[0, 0], [0, 10.5], [10, 10], [10, 0], [0, 0]] },
    file: { __type: 'File', name: '0123456789abcdef0123456789abcdef_photo.jpg' },
    bytes: { __type: 'Bytes', base64: 'AQIDBA==' },
    to: pointer('_User', other.objectId),
    ACL: { '*': { read: true }, abc: { read: true, write: true }, 'role:Team': { write: true } },
  };
  const { objectId, createdAt } = await writer.post(`/classes/${className}`, object);
  const written = await writer.get(`/classes/${className}/${objectId}`, MASTER);
  const read = await eventually(() => reader.get(`/classes/${className}/${objectId}`, MASTER));
  assert.deepEqual(withoutUrls(read), withoutUrls(written));
  assert.deepEqual(withoutUrls(read), { ...object, objectId, createdAt, updatedAt: createdAt });

  const found = async (where, ids) =>
    assert.deepEqual((await reader.find(className, where)).map(row => row.objectId), ids, JSON.stringify(where));
  await found({ text: object.text }, [objectId]);
  await found({ number: { $lt: -12 } }, [objectId]);
  await found({ yes: true, no: false }, [objectId]);
  await found({ when: { $gte: object.when } }, [objectId]);
  await found({ to: object.to }, [objectId]);
  await found({ array: { $all: ['two', 1] } }, [objectId]);
  await found({ 'object.n': 5 }, [objectId]);
  await found({ area: { $geoIntersects: { $point: { __type: 'GeoPoint', latitude: 5, longitude: 5 } } } }, [objectId]);
  await found({ text: { $regex: '^Schach' } }, [objectId]);
  await found({ text: 'other' }, []);
});

inBothDirections('operations on what the other has written', async (writer, reader) => {
  const className = fresh('Ops');
  const path = `/classes/${className}`;
  const { objectId } = await writer.post(path, { n: 1, list: [1, 2], object: { a: 1, b: 2 }, text: 'x', gone: 'y' });
  await eventually(() => reader.get(`${path}/${objectId}`));
  await reader.put(`${path}/${objectId}`, {
    n: { __op: 'Increment', amount: 2.5 },
    list: { __op: 'Add', objects: [3] },
    'object.c': 3,
    gone: { __op: 'Delete' },
    text: 'changed',
  });
  await writer.put(`${path}/${objectId}`, { n: { __op: 'Increment', amount: 1 } });
  const { n, list, object, text, gone } = await writer.get(`${path}/${objectId}`);
  assert.deepEqual({ n, list: list.toSorted(), object, text, gone }, {
    n: 4.5,
    list: [1, 2, 3],
    object: { a: 1, b: 2, c: 3 },
    text: 'changed',
    gone: undefined,
  });
  await reader.ok('DELETE', `${path}/${objectId}`);
  assert.equal((await writer.call('GET', `${path}/${objectId}`)).status, 404);
});

inBothDirections('fields that come later', async (writer, reader) => {
  const className = fresh('Later');
  await writer.post(`/classes/${className}`, { first: 1 });
  await eventually(() => reader.get(`/schemas/${className}`, MASTER));
  await reader.post(`/classes/${className}`, { second: 'two' });
  await eventually(async () => {
    await writer.post(`/classes/${className}`, { second: 'three', first: 2 });
    const refused = await writer.call('POST', `/classes/${className}`, { second: 3 });
    assert.equal(refused.body.code, 111, JSON.stringify(refused));
  });
  assert.deepEqual((await reader.find(className, { second: { $exists: true } }, '&order=second')).map(o => o.second), [
    'three',
    'two',
  ]);
});

inBothDirections('classes with permissions, options and indexes', async (writer, reader) => {
  const className = fresh('Schema');
  const schema = {
    className,
    fields: {
      name: { type: 'String', required: true },
      level: { type: 'Number', defaultValue: 7 },
      owner: { type: 'Pointer', targetClass: '_User' },
      members: { type: 'Relation', targetClass: '_User' },
    },
    classLevelPermissions: {
      find: { '*': true },
      get: { requiresAuthentication: true },
      create: { '*': true },
      update: {},
      delete: { 'role:Admin': true },
      addField: {},
      count: { '*': true },
      protectedFields: { '*': ['level'] },
    },
    indexes: { [fresh('byName')]: { name: 1 } },
  };
  await writer.post(`/schemas/${className}`, schema, MASTER);
  const written = await writer.get(`/schemas/${className}`, MASTER);
  const read = await eventually(() => reader.get(`/schemas/${className}`, MASTER));
  assert.deepEqual(read, written);
  assert.equal((await reader.call('POST', `/classes/${className}`, {})).body.code, 142);
  const { objectId } = await reader.post(`/classes/${className}`, { name: 'a' });
  assert.equal((await writer.get(`/classes/${className}/${objectId}`, MASTER)).level, 7);
  assert.equal((await reader.call('GET', `/classes/${className}/${objectId}`)).status, 404);

  await reader.put(`/schemas/${className}`, { className, fields: { name: { __op: 'Delete' }, more: { type: 'Date' } } }, MASTER);
  await eventually(async () => {
    const { fields } = await writer.get(`/schemas/${className}`, MASTER);
    assert.deepEqual([fields.name, fields.more], [undefined, { type: 'Date' }]);
  });
  await reader.ok('DELETE', `/classes/${className}/${objectId}`, undefined, MASTER);
  await reader.ok('DELETE', `/schemas/${className}`, undefined, MASTER);
  await eventually(async () => assert.equal((await writer.call('GET', `/schemas/${className}`, undefined, MASTER)).status, 400));
});

inBothDirections('users, their passwords and sessions', async (writer, reader) => {
  const name = fresh('Ann');
  const account = { username: name, password: 'correct horse', email: `${name}@example.org`, phone: '555' };
  const { objectId, sessionToken } = await writer.post('/users', account);
  const query = `?username=${name}&password=${encodeURIComponent('correct horse')}`;
  const user = await eventually(() => reader.get(`/login${query}`));
  assert.equal(user.objectId, objectId);
  assert.equal(user.phone, '555');

  // A session that one server has begun is one on the other.
  const token = { 'X-Parse-Session-Token': sessionToken };
  assert.equal((await reader.get('/users/me', token)).username, name);
  assert.equal((await reader.get('/sessions/me', token)).sessionToken, sessionToken);
  assert.equal((await writer.get('/users/me', { 'X-Parse-Session-Token': user.sessionToken })).objectId, objectId);

  // Unique on both, without regard to case.
  for (const [taken, code] of [[{ username: name.toUpperCase() }, 202], [{ email: account.email.toUpperCase() }, 203]]) {
    const again = await reader.call('POST', '/users', { username: fresh('Bob'), password: 'x', ...taken });
    assert.equal(again.body.code, code, JSON.stringify(again));
  }

  // A password changed on the one counts on the other, and the old one is remembered.
  await reader.put(`/users/${objectId}`, { password: 'battery staple' }, { 'X-Parse-Session-Token': user.sessionToken });
  assert.equal((await writer.call('GET', `/login${query}`)).body.code, 101);
  await writer.get(`/login?username=${name}&password=${encodeURIComponent('battery staple')}`);
  const sessions = await writer.find('_Session', { user: pointer('_User', objectId) });
  const seen = await reader.find('_Session', { user: pointer('_User', objectId) });
  assert.deepEqual(seen.map(s => s.sessionToken).sort(), sessions.map(s => s.sessionToken).sort());
});

inBothDirections('what a user hides', async (writer, reader) => {
  const { objectId } = await writer.post('/users', { username: fresh('Cat'), password: 'x' });
  const hidden = {
    _email_verify_token: 'verify',
    _email_verify_token_expires_at: date('2031-01-01T00:00:00.000Z'),
    _perishable_token: 'reset',
    _perishable_token_expires_at: date('2032-01-01T00:00:00.000Z'),
    _failed_login_count: 2,
    _account_lockout_expires_at: date('2033-01-01T00:00:00.000Z'),
    _password_changed_at: date('2020-01-01T00:00:00.000Z'),
    _password_history: ['$2a$10$1', '$2a$10$2'],
    emailVerified: false,
  };
  await writer.put(`/users/${objectId}`, hidden, MAINTENANCE);
  const read = await reader.get(`/users/${objectId}`, MAINTENANCE);
  for (const [field, value] of Object.entries(hidden)) {
    assert.deepEqual(read[field], value, field);
  }
  assert.deepEqual(read, await writer.get(`/users/${objectId}`, MAINTENANCE));
  assert.ok(!JSON.stringify(await reader.get(`/users/${objectId}`, MASTER)).includes('verify'));
  const found = await reader.find('_User', { _perishable_token: 'reset', objectId });
  assert.equal(found.length, 1);
});

inBothDirections('failed log-ins, counted together', async (writer, reader) => {
  const username = fresh('Dan');
  await writer.post('/users', { username, password: 'right' });
  const wrong = server => server.call('GET', `/login?username=${username}&password=wrong`);
  for (const server of [writer, reader, writer, reader, writer]) {
    assert.equal((await wrong(server)).body.code, 101);
  }
  for (const server of [writer, reader]) {
    const locked = await server.call('GET', `/login?username=${username}&password=right`);
    assert.match(locked.body.error, /account is locked/, `${server.name}: ${JSON.stringify(locked)}`);
  }
});

inBothDirections('users of a log-in provider', async (writer, reader) => {
  const authData = { anonymous: { id: randomBytes(16).toString('hex') } };
  const { objectId } = await writer.post('/users', { authData });
  const again = await reader.post('/users', { authData });
  assert.equal(again.objectId, objectId);
});

inBothDirections('roles and relations', async (writer, reader) => {
  const [inner, outer] = [fresh('Inner'), fresh('Outer')];
  const user = await writer.post('/users', { username: fresh('Eve'), password: 'x' });
  const token = { 'X-Parse-Session-Token': user.sessionToken };
  const add = (className, objectId) => ({ __op: 'AddRelation', objects: [pointer(className, objectId)] });
  const ACL = { '*': { read: true } };
  const first = await writer.post('/roles', { name: inner, ACL, users: add('_User', user.objectId) }, MASTER);
  await reader.post('/roles', { name: outer, ACL, roles: add('_Role', first.objectId) }, MASTER);
  const twice = await reader.call('POST', '/roles', { name: inner, ACL }, MASTER);
  assert.equal(twice.body.code, 137);

  const className = fresh('Secret');
  const { objectId } = await writer.post(`/classes/${className}`, { n: 1, ACL: { [`role:${outer}`]: { read: true } } });
  for (const server of [reader, writer]) {
    assert.equal((await eventually(() => server.get(`/classes/${className}/${objectId}`, token))).n, 1);
    assert.equal((await server.call('GET', `/classes/${className}/${objectId}`)).status, 404);
  }

  // Members come and go on both sides.
  const team = fresh('Team');
  const owner = await writer.post(`/classes/${team}`, { name: 'reds' });
  const relate = (server, op, ids) =>
    server.put(`/classes/${team}/${owner.objectId}`, { fans: { __op: op, objects: ids.map(id => pointer('_User', id)) } });
  const fans = [];
  for (let i = 0; i < 3; i++) {
    fans.push((await writer.post('/users', { username: fresh('Fan'), password: 'x' })).objectId);
  }
  await relate(writer, 'AddRelation', fans.slice(0, 2));
  await eventually(() => relate(reader, 'AddRelation', fans.slice(1)));
  await relate(reader, 'RemoveRelation', [fans[0]]);
  const related = { $relatedTo: { object: pointer(team, owner.objectId), key: 'fans' } };
  for (const server of [reader, writer]) {
    const found = await server.find('_User', related);
    assert.deepEqual(found.map(fan => fan.objectId).sort(), fans.slice(1).sort(), server.name);
    const owners = await server.find(team, { fans: pointer('_User', fans[2]) });
    assert.deepEqual(owners.map(row => row.objectId), [owner.objectId], server.name);
  }
});

inBothDirections('config, hooks and installations', async (writer, reader) => {
  const name = fresh('key');
  await writer.put('/config', { params: { [name]: { deep: [1] } }, masterKeyOnly: { [name]: true } }, MASTER);
  assert.deepEqual((await reader.get('/config', MASTER)).params[name], { deep: [1] });
  assert.equal((await reader.get('/config')).params[name], undefined);
  await reader.put('/config', { params: { [name]: 2 } }, MASTER);
  assert.equal((await writer.get('/config', MASTER)).params[name], 2);

  const functionName = fresh('hook');
  await writer.post('/hooks/functions', { functionName, url: 'https://example.org/h' }, MASTER);
  assert.equal((await reader.get(`/hooks/functions/${functionName}`, MASTER)).url, 'https://example.org/h');

  const installationId = `${randomBytes(4).toString('hex')}-aaaa-bbbb-cccc-${randomBytes(6).toString('hex')}`;
  const body = { deviceType: 'ios', installationId, channels: ['news'], badge: 3 };
  const { objectId } = await writer.post('/installations', body);
  await reader.put(`/installations/${objectId}`, { channels: { __op: 'AddUnique', objects: ['sport'] } }, MASTER);
  assert.equal((await reader.find('_Installation', { installationId })).length, 1);
  const read = await writer.get(`/installations/${objectId}`, MASTER);
  assert.deepEqual([read.channels, read.badge], [['news', 'sport'], 3]);
});

test('both make the same class and fields at once', async () => {
  const both = [new Server('genuine'), new Server('kami')];
  for (let round = 0; round < 10; round++) {
    const className = fresh('Race');
    const all = [];
    for (let i = 0; i < 10; i++) {
      all.push(both[i % 2].call('POST', `/classes/${className}`, { same: i, [`own${i % 3}`]: `x${i}` }));
    }
    const answers = await Promise.all(all);
    const ours = answers.filter((_, i) => i % 2 === 1);
    assert.ok(ours.every(answer => answer.status === 201), JSON.stringify(ours));
    const created = answers.filter(answer => answer.status === 201).length;
    await eventually(async () => assert.equal((await both[1].find(className, {})).length, created));
  }
});
