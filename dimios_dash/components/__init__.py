"""What pages are drawn with: pieces that own their ids."""
