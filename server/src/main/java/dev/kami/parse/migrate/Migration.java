package dev.kami.parse.migrate;

import dev.kami.parse.migrate.Outcome.ClassOutcome;
import dev.kami.parse.migrate.Target.Mark;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.storage.StorageAdapter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * One copy of a whole application: classes with their fields, options, permissions and indexes; the objects of every class,
 * the hidden fields of users and the classes of the server included; the members of relations.
 *
 * <p>The steps: the target is looked at and refused when it holds something else; class by class is copied page by page, the
 * next page being read while one is written; then both sides are read again and compared by count and {@link Checksum}.
 * Memory is a few pages, whatever the size. After an interrupt, however hard, the same copy begun again goes on behind the
 * last page of which the target knows.
 *
 * <p>Nobody may write to either side meanwhile; if somebody did, the comparison says so.
 */
public final class Migration {
    private final Source source;
    private final Target target;
    private final boolean force;
    private final Progress progress;
    private volatile boolean stopped;

    private Migration(Source source, Target target, boolean force, Progress progress) {
        this.source = source;
        this.target = target;
        this.force = force;
        this.progress = progress;
    }

    /**
     * @param fromName for people, and to recognise an interrupted copy; without password
     * @param force adds to a target that is not empty; objects with the same objectId are replaced
     */
    public static Migration between(
            StorageAdapter from, String fromName, StorageAdapter to, String toName, boolean force, Progress progress) {
        return new Migration(new StoreSource(from, fromName), new StoreTarget(to, toName), force, progress);
    }

    /** @param force replaces an export that is there */
    public static Migration export(
            StorageAdapter from, String fromName, Path folder, boolean force, Progress progress) {
        return new Migration(new StoreSource(from, fromName), new FolderTarget(folder), force, progress);
    }

    /**
     * Checks the files.
     *
     * @param force adds to a target that is not empty; objects with the same objectId are replaced
     * @throws MigrationException with a line for each mistake in them
     */
    public static Migration importing(Path folder, StorageAdapter to, String toName, boolean force, Progress progress) {
        progress.begin("checking", -1, 0);
        FolderSource source = FolderSource.open(folder, false, progress);
        progress.end();
        return new Migration(source, new StoreTarget(to, toName), force, progress);
    }

    /** From any thread: {@link #run} returns after the page that is being written. */
    public void stop() {
        stopped = true;
    }

    /** @throws MigrationException when it cannot begin, or not go on */
    public Outcome run() {
        List<ClassSchema> classes = source.classes();
        long began = System.nanoTime();
        try (target) {
            target.begin(source, force);
            copy(classes);
            long copied = System.nanoTime();
            List<ClassOutcome> outcomes = stopped ? List.of() : compare(classes);
            progress.end();
            if (stopped) {
                return new Outcome(List.of(), true, 0, 0, 0);
            }
            target.complete();
            long files =
                    outcomes.stream().mapToLong(each -> each.from().files()).sum();
            return new Outcome(outcomes, false, files, (copied - began) / 1e9, (System.nanoTime() - copied) / 1e9);
        } finally {
            progress.end();
        }
    }

    private void copy(List<ClassSchema> classes) {
        long total = 0;
        long before = 0;
        for (ClassSchema schema : classes) {
            total += source.count(schema);
            before += target.mark(schema.className()).copied();
        }
        progress.begin("copying", total, before);
        for (ClassSchema schema : classes) {
            Mark mark = target.mark(schema.className());
            if (!mark.done() && !stopped) {
                copy(schema, mark);
            }
        }
    }

    private void copy(ClassSchema schema, Mark from) {
        target.prepare(schema);
        Mark last = from;
        try (var pages = new PagePipe(source, schema, from.position())) {
            for (Page page = pages.next(); page != null; page = pages.next()) {
                if (stopped) {
                    return;
                }
                long copied = last.copied() + page.objects().size();
                target.write(schema, page, copied);
                last = new Mark(page.position(), copied, false);
                progress.add(schema.className(), page.objects().size());
            }
        }
        target.finish(schema, last);
    }

    /** Both sides of a class at the same time. */
    private List<ClassOutcome> compare(List<ClassSchema> classes) {
        long total = classes.stream().mapToLong(source::count).sum();
        progress.begin("checking", total * 2, 0);
        var outcomes = new ArrayList<ClassOutcome>();
        for (ClassSchema schema : classes) {
            if (stopped) {
                return List.of();
            }
            var from = new FutureTask<>(() -> source.checksum(schema, progress));
            Thread.ofPlatform().name("migrate-check").start(from);
            Checksum to;
            try {
                to = target.checksum(schema, source, progress);
            } finally {
                join(from);
            }
            outcomes.add(new ClassOutcome(schema.className(), join(from), to, target.differences(schema)));
        }
        return outcomes;
    }

    private static Checksum join(FutureTask<Checksum> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("A class could not be read.", e.getCause());
        }
    }
}
