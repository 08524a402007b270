'use strict';
const { test } = require('node:test');
const { Parse, assert, failsWith, freshClass, rest, saved, values } = require('./support');

async function postWithLikes() {
  const Post = freshClass('Post');
  const Liker = freshClass('Liker');
  const likers = await saved(Liker, { name: 'Ann', age: 30 }, { name: 'Bob', age: 20 }, { name: 'Cora', age: 40 });
  const [post, other] = await saved(Post, { title: 'first' }, { title: 'second' });
  return { Post, Liker, post, other, likers };
}

async function names(query) {
  return values(await query.find(), 'name').sort();
}

test('a relation holds what was added', async () => {
  const { post, likers } = await postWithLikes();
  const likes = post.relation('likes');
  likes.add(likers[0]);
  likes.add([likers[1], likers[2]]);
  await post.save();
  assert.deepEqual(await names(post.relation('likes').query()), ['Ann', 'Bob', 'Cora']);
});

test('adding twice counts once', async () => {
  const { post, likers } = await postWithLikes();
  for (let i = 0; i < 2; i++) {
    post.relation('likes').add(likers[0]);
    await post.save();
  }
  assert.equal(await post.relation('likes').query().count(), 1);
});

test('what was removed is gone', async () => {
  const { post, likers } = await postWithLikes();
  post.relation('likes').add(likers);
  await post.save();
  post.relation('likes').remove([likers[0], likers[1]]);
  await post.save();
  assert.deepEqual(await names(post.relation('likes').query()), ['Cora']);
});

test('adding and removing in one save', async () => {
  const { post, likers } = await postWithLikes();
  post.relation('likes').add([likers[0], likers[1]]);
  await post.save();
  post.relation('likes').add(likers[2]);
  post.relation('likes').remove(likers[0]);
  await post.save();
  assert.deepEqual(await names(post.relation('likes').query()), ['Bob', 'Cora']);
});

test('a new object may begin with a relation', async () => {
  const { Liker, likers } = await postWithLikes();
  const post = new Parse.Object(freshClass('Post'));
  post.relation('likes').add(likers[1]);
  await post.save();
  const read = await new Parse.Query(post.className).get(post.id);
  assert.ok(read.get('likes') instanceof Parse.Relation);
  assert.equal(read.relation('likes').targetClassName, Liker);
  assert.deepEqual(await names(read.relation('likes').query()), ['Bob']);
});

test('a relation is a type, not a list, in the object', async () => {
  const { Post, Liker, post, likers } = await postWithLikes();
  post.relation('likes').add(likers[0]);
  await post.save();
  const answer = await rest('GET', `/classes/${Post}/${post.id}`);
  assert.deepEqual(answer.body.likes, { __type: 'Relation', className: Liker });
});

test('the query of a relation takes constraints, order and limit', async () => {
  const { post, likers } = await postWithLikes();
  post.relation('likes').add(likers);
  await post.save();
  const query = () => post.relation('likes').query();
  assert.deepEqual(await names(query().greaterThan('age', 25)), ['Ann', 'Cora']);
  assert.deepEqual(values(await query().descending('age').limit(2).find(), 'name'), ['Cora', 'Ann']);
  assert.equal((await query().equalTo('name', 'Bob').first()).id, likers[1].id);
  assert.equal(await query().count(), 3);
});

test('relations of different objects do not mix', async () => {
  const { post, other, likers } = await postWithLikes();
  post.relation('likes').add(likers[0]);
  other.relation('likes').add(likers[1]);
  await Parse.Object.saveAll([post, other]);
  assert.deepEqual(await names(post.relation('likes').query()), ['Ann']);
  assert.deepEqual(await names(other.relation('likes').query()), ['Bob']);
});

test('the owners can be found by a member', async () => {
  const { Post, post, other, likers } = await postWithLikes();
  post.relation('likes').add([likers[0], likers[1]]);
  other.relation('likes').add(likers[1]);
  await Parse.Object.saveAll([post, other]);
  const titles = async query => values(await query.find(), 'title').sort();
  assert.deepEqual(await titles(new Parse.Query(Post).equalTo('likes', likers[0])), ['first']);
  assert.deepEqual(await titles(new Parse.Query(Post).equalTo('likes', likers[1])), ['first', 'second']);
  assert.deepEqual(await titles(new Parse.Query(Post).equalTo('likes', likers[2])), []);
  assert.deepEqual(await titles(new Parse.Query(Post).containedIn('likes', [likers[0], likers[2]])), ['first']);
});

test('the owners can be found by a query for members', async () => {
  const { Post, Liker, post, other, likers } = await postWithLikes();
  post.relation('likes').add(likers[0]);
  other.relation('likes').add(likers[1]);
  await Parse.Object.saveAll([post, other]);
  const young = new Parse.Query(Liker).lessThan('age', 25);
  assert.deepEqual(values(await new Parse.Query(Post).matchesQuery('likes', young).find(), 'title'), ['second']);
});

test('a deleted object is in no relation', async () => {
  const { post, likers } = await postWithLikes();
  post.relation('likes').add(likers);
  await post.save();
  await likers[1].destroy();
  assert.deepEqual(await names(post.relation('likes').query()), ['Ann', 'Cora']);
});

test('a relation takes objects of one class only', async () => {
  const { post, likers } = await postWithLikes();
  post.relation('likes').add(likers[0]);
  await post.save();
  const [stranger] = await saved(freshClass('Stranger'), { name: 'x' });
  const answer = await rest('PUT', `/classes/${post.className}/${post.id}`, { likes: { __op: 'AddRelation', objects: [stranger.toPointer()] } });
  assert.equal(answer.body.code, Parse.Error.INCORRECT_TYPE, JSON.stringify(answer.body));
});

test('adding an object that is not saved yet fails in the SDK', async () => {
  const { post, Liker } = await postWithLikes();
  assert.throws(() => post.relation('likes').add(new Parse.Object(Liker)));
});

test('a field that is no relation cannot become one', async () => {
  const { post, likers } = await postWithLikes();
  const answer = await rest('PUT', `/classes/${post.className}/${post.id}`, { title: { __op: 'AddRelation', objects: [likers[0].toPointer()] } });
  assert.equal(answer.status, 400);
  assert.equal(answer.body.code, Parse.Error.INCORRECT_TYPE);
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, new Parse.Query(post.className).get('unknownId9'));
});
