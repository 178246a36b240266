package disclosure

import (
	"cmp"
	"slices"
)

// Histogram is how many equivalence classes there are of each size, smallest
// size first. An equivalence class is the records that look the same on the
// chosen columns; its size is how many they are, or how many different entities
// they belong to (see Entities). All of it is exact.
type Histogram []SizeCount

// SizeCount is the number of classes of one size.
type SizeCount struct {
	Size    int `json:"size"`
	Classes int `json:"classes"`
}

func newHistogram(sizes map[int]int) Histogram {
	h := make(Histogram, 0, len(sizes))
	for s, c := range sizes {
		h = append(h, SizeCount{s, c})
	}
	slices.SortFunc(h, func(a, b SizeCount) int { return cmp.Compare(a.Size, b.Size) })
	return h
}

// Of is the number of classes of a size; with size 1 the uniques.
func (h Histogram) Of(size int) int {
	i, ok := slices.BinarySearchFunc(h, size, func(s SizeCount, size int) int { return cmp.Compare(s.Size, size) })
	if !ok {
		return 0
	}
	return h[i].Classes
}

// Records is the number of records: the sum of the sizes.
func (h Histogram) Records() int {
	n := 0
	for _, s := range h {
		n += s.Size * s.Classes
	}
	return n
}

// Classes is the number of classes.
func (h Histogram) Classes() int {
	n := 0
	for _, s := range h {
		n += s.Classes
	}
	return n
}

// K is the size of the smallest class (k-anonymity, Sweeney 2002); 0 without
// records.
func (h Histogram) K() int {
	if len(h) == 0 {
		return 0
	}
	return h[0].Size
}

// Largest is the size of the largest class; 0 without records.
func (h Histogram) Largest() int {
	if len(h) == 0 {
		return 0
	}
	return h[len(h)-1].Size
}

// Below is the number of records in classes of fewer than limit.
func (h Histogram) Below(limit int) int {
	n := 0
	for _, s := range h {
		if s.Size < limit {
			n += s.Size * s.Classes
		}
	}
	return n
}

// Uniques is the number of records that are alone in their class.
func (h Histogram) Uniques() int { return h.Of(1) }

// UniqueShare is the share of records that are unique, 0 to 1.
func (h Histogram) UniqueShare() float64 { return share(h.Uniques(), h.Records()) }

// MeanRisk is the mean prosecutor risk of the records, classes by records (also
// called distinction), 0 to 1.
func (h Histogram) MeanRisk() float64 { return share(h.Classes(), h.Records()) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
