package catalog

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/descriptor"
	"puntari/internal/importer"
	"puntari/internal/intake"
	"puntari/internal/profile"
	"puntari/internal/source"
)

// job is a piece of a source for one worker: bytes that hold whole records, or
// records that have been read already.
type job struct {
	number int
	name   string
	// data begins on this line of the source; in lines each line is a record.
	data    []byte
	line    int
	lines   bool
	records []*source.Record
	// memory is what data lies in, to be used again when the job is done.
	memory []byte
	// frame is the result, as the journal keeps it.
	frame []byte
}

// reading reads the sources and cuts them into jobs.
type reading struct {
	ctx   context.Context
	o     *Options
	jobs  chan<- *job
	slots chan<- struct{}
	spare memories
	count int
	// in reads one source after the other.
	in *bufio.Reader
	// inFolder says that nobody has named the file that is read.
	inFolder bool
}

// extensions are those of the files of a folder that are read.
var extensions = []string{".json", ".ndjson", ".jsonl", ".yaml", ".yml", ".ttl", ".nt", ".rdf", ".jsonld", ".xml", ".owl", ".md", ".xlsx", ".gz"}

// all reads the sources in turn, the files of a folder in the order of their names.
func (r *reading) all(sources []string) error {
	for _, s := range sources {
		if info, err := os.Stat(s); s != "-" && err == nil {
			if info.IsDir() {
				r.o.Progress.Total.Add(folderSize(s))
			} else {
				r.o.Progress.Total.Add(info.Size())
			}
		}
	}
	for _, s := range sources {
		if err := r.source(s); err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) source(name string) error {
	if name == "-" {
		r.o.Progress.Total.Store(0)
		return r.stream(name, r.o.Stdin)
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return r.folder(name)
	}
	return r.file(name)
}

// folder reads the files below a folder. Hidden files are passed over, and so is
// what no reader knows.
func (r *reading) folder(name string) error {
	r.inFolder = true
	defer func() { r.inFolder = false }()
	return filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path != name && (strings.HasPrefix(d.Name(), ".") || profile.IsPart(path)), d.IsDir() && strings.HasSuffix(path, journalSuffix):
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case d.IsDir() || !d.Type().IsRegular() || !readable(path) || isProse(path):
			return nil
		}
		return r.file(path)
	})
}

func readable(path string) bool {
	return slices.Contains(extensions, strings.ToLower(filepath.Ext(path)))
}

// isProse tells whether a file is Markdown without anything to read before its text.
func isProse(path string) bool {
	if !strings.EqualFold(filepath.Ext(path), ".md") {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false // the reading says so
	}
	defer f.Close()
	var head [3]byte
	_, err = io.ReadFull(f, head[:])
	return err != nil || string(head[:]) != "---"
}

// folderSize is the size of the files that folder reads; what cannot be looked
// at is left to the reading.
func folderSize(name string) int64 {
	total := int64(0)
	_ = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && readable(path) && !profile.IsPart(path) {
			if info, err := d.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}

// file reads a file. One that cannot be opened is a record that failed: the rest
// of an inventory does not depend on it.
func (r *reading) file(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return r.unreadable(name, err)
	}
	defer f.Close()
	return r.stream(name, f)
}

func (r *reading) unreadable(name string, err error) error {
	return r.send(&job{name: name, records: []*source.Record{source.Unreadable(name, err)}})
}

// stream reads a source, whatever its format.
func (r *reading) stream(name string, src io.Reader) error {
	if r.in == nil {
		r.in = bufio.NewReaderSize(nil, source.HeadSize) // pieces are larger, and read past it
	}
	in := r.in
	in.Reset(&counted{r.ctx, src, r.o.Progress})
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(in)
		if err != nil {
			return r.unreadable(name, err)
		}
		defer func() { _ = z.Close() }() // its checksum has been looked at by the last read
		in = bufio.NewReaderSize(z, source.HeadSize)
	}
	head, _ := in.Peek(source.HeadSize) // what cannot be read is said when it is read
	format := source.Recognise(head, name)
	if format == importer.Descriptor && startsObject(head) {
		return r.chunks(name, in, inLines(head))
	}
	return r.serial(name, in, format, 1)
}

// startsObject tells whether a source is a stream of JSON objects.
func startsObject(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(head) > 0 && head[0] == '{'
}

// inLines tells whether a stream of JSON objects has one on each line: some line
// holds a whole one.
func inLines(head []byte) bool {
	for line := range bytes.Lines(head) {
		if line[0] == '{' && line[len(line)-1] == '\n' && json.Valid(line) {
			return true
		}
	}
	return false
}

// chunks cuts a stream of JSON objects into pieces of whole records. The pieces
// depend on the source alone.
func (r *reading) chunks(name string, in *bufio.Reader, lines bool) error {
	line := 1
	memory := r.spare.take(chunkSize)
	n := 0 // how many bytes at its start the piece before has left
	for {
		m, err := io.ReadFull(in, memory[n:])
		data := memory[:n+m]
		atEnd := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !atEnd {
			if r.ctx.Err() != nil {
				return r.ctx.Err()
			}
			return r.serial(name, io.MultiReader(bytes.NewReader(data), &broken{err}), importer.Descriptor, line)
		}
		cut := len(data)
		switch {
		case atEnd:
		case lines:
			cut = bytes.LastIndexByte(data, '\n') + 1
		default:
			cut = lastBoundary(data)
		}
		if cut == 0 && len(data) > r.o.Reader.Descriptions.MaxBytes {
			// One huge record: the reader knows how to pass it.
			return r.serial(name, io.MultiReader(bytes.NewReader(data), in), importer.Descriptor, line)
		}
		piece := &job{name: name, data: data[:cut:cut], line: line, lines: lines, memory: memory}
		if !atEnd { // the rest is taken before the worker has the piece
			line += bytes.Count(piece.data, []byte("\n"))
			rest := data[cut:]
			memory = r.spare.take(max(chunkSize, 2*len(rest)))
			n = copy(memory, rest)
		}
		if len(bytes.TrimSpace(piece.data)) == 0 {
			r.spare.release(piece)
		} else if err := r.send(piece); err != nil {
			return err
		}
		if atEnd {
			return nil
		}
	}
}

// memories are pieces of memory of jobs that are done. What has been read into one
// a moment ago is still at hand to the processor, so that the system copies a file
// into it in a fraction of the time that it takes with memory that is new.
type memories chan []byte

// take returns n bytes, which hold anything.
func (m memories) take(n int) []byte {
	if n > chunkSize {
		return make([]byte, n)
	}
	select {
	case b := <-m:
		return b[:n]
	default:
		return make([]byte, n, chunkSize)
	}
}

// release takes the data of a job, to which nothing may refer any more.
func (m memories) release(j *job) {
	if cap(j.memory) == chunkSize {
		select {
		case m <- j.memory:
		default:
		}
	}
	j.data, j.memory = nil, nil
}

// lastBoundary is where the last record that may be cut off begins, or 0: where a
// line that begins with "{" follows on "}", since no text of JSON goes on over
// the end of a line.
func lastBoundary(data []byte) int {
	for end := len(data); ; {
		i := bytes.LastIndex(data[:end], []byte("\n{"))
		if i < 0 {
			return 0
		}
		if before := bytes.TrimRight(data[:i], " \t\r\n"); len(before) > 0 && before[len(before)-1] == '}' {
			return i + 1
		}
		end = i + 1
	}
}

// batchSize is how many records that were read one after the other go to a
// worker together.
const batchSize = 16

// batch gathers records for a job.
type batch struct {
	r    *reading
	name string
	list []*source.Record
}

func (b *batch) add(x *source.Record) error {
	if b.list = append(b.list, x); len(b.list) < batchSize {
		return nil
	}
	return b.flush()
}

func (b *batch) flush() error {
	if len(b.list) == 0 {
		return nil
	}
	j := &job{name: b.name, records: b.list}
	b.list = nil
	return b.r.send(j)
}

// serial reads a source whose records cannot be told apart without reading them:
// YAML, lists of JSON, other formats. It begins on a line. In a folder workbooks
// that are no forms, such as reports, are passed over.
func (r *reading) serial(name string, in io.Reader, format importer.Format, line int) error {
	b := &batch{r: r, name: name}
	err := r.o.Reader.ReadAs(r.ctx, format, name, in, func(x *source.Record) error {
		if r.inFolder && x.Dataset == nil && len(x.Problems) == 1 && x.Problems[0].Code == intake.NotAForm {
			return nil
		}
		return b.add(below(x, line-1))
	})
	return errors.Join(err, b.flush())
}

// below moves the problems of a record down by lines.
func below(x *source.Record, lines int) *source.Record {
	for i := range x.Problems {
		shift(&x.Problems[i], lines)
	}
	return x
}

// shift moves a problem down by lines.
func shift(p *descriptor.Problem, lines int) {
	p.Line += lines
	if n, err := strconv.Atoi(p.Params["line"]); err == nil {
		p.Params["line"] = strconv.Itoa(n + lines)
	}
}

// send hands a job to the workers.
func (r *reading) send(j *job) error {
	select {
	case r.slots <- struct{}{}:
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
	j.number = r.count
	r.count++
	select {
	case r.jobs <- j:
		return nil
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
}

// counted counts the bytes that are read and ends with its context.
type counted struct {
	ctx      context.Context
	r        io.Reader
	progress *Progress
}

func (c *counted) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.progress.Bytes.Add(int64(n))
	return n, err
}

// broken fails with the error that a source failed with.
type broken struct{ err error }

func (b *broken) Read([]byte) (int, error) { return 0, fmt.Errorf("%w", b.err) }
