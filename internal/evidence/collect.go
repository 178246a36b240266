package evidence

import (
	"bytes"

	"puntari/internal/detect"
	"puntari/internal/disclosure"
	"puntari/internal/table"
)

// collector gathers a column for one worker. While the values fit into the
// dictionary they are only counted, and looked at when all are known; beyond it
// each is looked at when it comes.
type collector struct {
	detector *detect.Detector
	values   *dictionary // nil beyond the limit
	sketch   *sketch     // beyond the limit
	seen     observation
	blank    int64

	// aside takes the values of a column that may be a key, which is looked at again
	// after so many more values.
	key   *possibleKey
	aside *disclosure.Writer
	left  int
}

func newCollector(d *detect.Detector, r room, key *possibleKey) *collector {
	return &collector{detector: d, values: newDictionary(r), seen: newObservation(), key: key}
}

// hashedAtOnce is how many values are hashed before they are looked up. Looking
// up waits for memory, and the processor waits for many at once when nothing
// else stands between.
const hashedAtOnce = 512

// take takes the cells of a block, and puts the numbers of their values into
// numbers, which has a place for each row. ok is false when there are too many
// values to number them.
func (c *collector) take(cells table.Cells, numbers []uint16) (ok bool) {
	var hashes [hashedAtOnce]uint64
	for from := 0; from < len(numbers); from += hashedAtOnce {
		if c.values == nil {
			c.see(cells, from, len(numbers))
			return false
		}
		part := numbers[from:min(from+hashedAtOnce, len(numbers))]
		for i := range part {
			hashes[i] = hashOf(trim(cells.At(from + i)))
		}
		for i := range part {
			n, known := c.values.count(hashes[i])
			if !known {
				if n, known = c.values.insert(hashes[i], trim(cells.At(from+i))); !known {
					c.overflow()
					c.see(cells, from+i, len(numbers))
					return false
				}
			}
			part[i] = uint16(n)
		}
	}
	return c.values != nil
}

// see looks at the cells of some rows.
func (c *collector) see(cells table.Cells, from, to int) {
	if c.left -= to - from; c.left < 0 && c.aside != nil {
		c.left = lookedAtAgain
		if c.key.dropped.Load() || !c.key.likely(&c.seen, c.blank, c.sketch.estimate()) {
			c.giveUp()
		}
	}
	for r := from; r < to; r++ {
		v := trim(cells.At(r))
		if len(v) == 0 {
			c.blank++
			continue
		}
		c.sketch.add(v)
		c.seen.see(c.detector, v, 1)
		if c.aside != nil {
			c.putAside(v, 1)
		}
	}
}

// lookedAtAgain is after how many values it is asked again whether a column may
// be a key.
const lookedAtAgain = 1 << 16

// putAside puts a value aside that came n times.
func (c *collector) putAside(v []byte, n int64) {
	d := c.key.digest.OfBytes(v)
	for range n {
		if c.aside.Add(d) != nil {
			c.giveUp() // reading again will meet the same error, or none
			return
		}
	}
}

func (c *collector) giveUp() {
	c.key.drop()
	c.aside = nil
}

// overflow gives the dictionary up and looks at what was in it.
func (c *collector) overflow() {
	c.sketch = new(sketch)
	d := c.values
	d.settle()
	c.values = nil
	distinct := int64(0)
	for i := range d.entries {
		v := d.value(i)
		if len(v) > 0 {
			c.sketch.add(v)
			distinct++
		}
		c.look(v, d.entries[i].count)
	}
	c.aside = c.key.open(&c.seen, c.blank, distinct)
	for i := range d.entries {
		if v := d.value(i); c.aside != nil && len(v) > 0 {
			c.putAside(v, d.entries[i].count)
		}
	}
}

// finish hands on what has been put aside.
func (c *collector) finish() {
	if c.values != nil {
		c.overflow()
	}
	if c.aside != nil && c.aside.Flush() != nil {
		c.giveUp()
	}
}

// look looks at a value that came n times.
func (c *collector) look(v []byte, n int64) {
	if len(v) == 0 {
		c.blank += n
		return
	}
	c.seen.see(c.detector, v, n)
}

// merged is a column as all workers saw it.
type merged struct {
	// values is nil beyond the limit.
	values *dictionary
	// numbers has for each worker the number in values of each of its own.
	numbers         [][]uint16
	seen            observation
	blank, distinct int64
}

// mergeColumn puts together what the workers saw of one column.
func mergeColumn(all []*collector) *merged {
	x := &merged{seen: newObservation()}
	var dicts []*dictionary
	for _, c := range all {
		if c.values != nil {
			dicts = append(dicts, c.values)
		}
	}
	if len(dicts) == len(all) {
		if x.values, x.numbers = union(dicts); x.values != nil {
			one := &collector{detector: all[0].detector, seen: x.seen}
			for i := range x.values.entries {
				one.look(x.values.value(i), x.values.entries[i].count)
				if len(x.values.value(i)) > 0 {
					x.distinct++
				}
			}
			x.seen, x.blank = one.seen, one.blank
			return x
		}
	}
	whole := new(sketch)
	for _, c := range all {
		c.finish()
		whole.merge(c.sketch)
		x.seen.merge(&c.seen)
		x.blank += c.blank
	}
	x.distinct = min(whole.estimate(), x.seen.filled)
	return x
}

// trim leaves out white space at the ends.
func trim(v []byte) []byte {
	if len(v) == 0 || visible(v[0]) && visible(v[len(v)-1]) {
		return v
	}
	return bytes.TrimSpace(v)
}

// visible tells whether a byte is a character of its own and no white space.
func visible(c byte) bool { return c-'!' < 0x80-'!' }
