// Package catalog assesses whole inventories: it reads records from folders,
// files and streams, assesses them on all cores, and gives the results in the
// order of the sources.
//
// Nothing is held in memory but what is being worked on. Results go to a journal
// on disk, from which the outputs are written when all are there, and by which an
// interrupted run is taken up again: what was assessed, by the same policies on
// the same day, is not assessed anew.
package catalog

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"runtime"
	"sync/atomic"
	"time"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/source"
)

// Options say how a catalogue is assessed.
type Options struct {
	Engine *engine.Engine
	Reader *source.Reader
	// Tool names the program and its version.
	Tool assessment.Tool
	// Lang is the language of the messages about records that cannot be read.
	Lang string
	// Stdin is what "-" among the sources stands for.
	Stdin io.Reader
	// Day is the day of the assessments. Without it a descriptor's own day
	// counts, and Today for one that has none.
	Day, Today string
	// Workers is how many records are assessed at a time; 0 means one a core. It
	// has no influence on the results.
	Workers int
	// Ask is what to find out of each record besides the outcome. With findings there
	// is a line of JSON with every finding.
	Ask engine.Ask
	// Report, when set, writes the report of a dataset and returns its file name.
	// It is called from several goroutines. Existing tells whether a report that
	// an interrupted run has written is still there.
	Report   func(ctx context.Context, d *descriptor.Dataset, source, day, digest string) (string, error)
	Existing func(name string) bool
	// Only, when set, tells by the digest of a descriptor whether it is assessed;
	// the others leave no result. It is called from several goroutines.
	Only func(digest [sha256.Size]byte) bool
	// Journal is the folder of the journal; it is made and, by
	// [Journal.Remove], taken away. Only one run at a time may hold it: another
	// fails with [ErrRunning].
	Journal string
	// Fresh forgets what an interrupted run has left.
	Fresh bool
	// Progress is told how far the run has come.
	Progress *Progress
	// Each, when set, is called with every result in the order of the sources while
	// the run goes on, from one goroutine. A result is valid until it returns; its
	// error ends the run. [Journal.Each] gives them once more.
	Each func(*Result) error
}

// Progress counts what has been done. It is safe for concurrent use.
type Progress struct {
	// Records have been read, Failed of them could not be assessed, and Reused
	// were taken over from an interrupted run.
	Records, Failed, Reused atomic.Int64
	// Bytes of Total have been read; Total is 0 when the size is not known.
	Bytes, Total atomic.Int64
}

// chunkSize is about how many bytes of records a worker takes at a time.
const chunkSize = 128 << 10

// Run assesses the records of the sources. What it returns is complete; with an
// error, the journal holds what was assessed until then.
func Run(ctx context.Context, sources []string, o Options) (*Journal, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Progress == nil {
		o.Progress = &Progress{}
	}
	if o.Today == "" {
		o.Today = time.Now().Format(time.DateOnly)
	}
	o.Reader = o.Reader.ErrorsOnly() // what is not answered is told by the assessment
	j, err := openJournal(&o)
	if err != nil {
		return nil, err
	}
	if err := run(ctx, sources, &o, j); err != nil {
		return nil, errors.Join(err, j.Close())
	}
	return j, j.finish()
}

// run lets the records flow: one goroutine reads and cuts, workers assess, and
// this one puts the results back in order. The number of pieces under way is
// bounded, so a slow record holds the others up rather than filling the memory.
func run(ctx context.Context, sources []string, o *Options, j *Journal) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	jobs := make(chan *job)
	done := make(chan *job)
	slots := make(chan struct{}, 4*o.Workers)
	spare := make(memories, 4*o.Workers)
	go func() {
		defer close(jobs)
		r := &reading{ctx: ctx, o: o, jobs: jobs, slots: slots, spare: spare}
		if err := r.all(sources); err != nil {
			cancel(err)
		}
	}()
	finished := make(chan struct{})
	for range o.Workers {
		go func() {
			defer func() { finished <- struct{}{} }()
			w := &worker{o: o, judge: o.Engine.NewJudge(), journal: j}
			for job := range jobs {
				if err := w.do(ctx, job); err != nil {
					cancel(err)
				}
				spare.release(job)
				select {
				case done <- job:
				case <-ctx.Done():
				}
			}
		}()
	}
	go func() {
		for range o.Workers {
			<-finished
		}
		close(done)
	}()
	var follow *follower
	if o.Each != nil {
		follow = j.follow(o.Each, cancel)
	}
	waiting := map[int]*job{}
	next := 0
	for job := range done {
		if ctx.Err() != nil {
			continue
		}
		waiting[job.number] = job
		for waiting[next] != nil {
			if err := j.write(waiting[next].frame); err != nil {
				cancel(err)
			}
			follow.give(ctx, waiting[next].frame)
			delete(waiting, next)
			next++
			<-slots
		}
	}
	follow.close() // which may fail yet
	return context.Cause(ctx)
}

// Catalogue is the catalogue that the engine assesses by.
func (o *Options) catalogue() *checklist.Catalogue { return o.Engine.Catalogue }
