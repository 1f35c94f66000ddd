//! Types that cross between the server and the islands, as JSON.
